"""What values suggest of settings outside a block is asked about, and doubted where nobody is asked."""

from typing import Any

import pytest
import yaml

from tests.orchestration.add_source.conftest import Company

LEADS = "Lead ID,Created,E-mail,Source,Lost reason,Lead Quality\n" + "".join(
    f"{number},2024-03-0{number},p{number}@example.com,{source},{reason},{grade}\n"
    for number, (source, reason, grade) in enumerate(
        [("Google", "", "A - High"), ("Test", "", "C"), ("Google", "Duplicate", "B"), ("Meta", "Price", "F")], 1
    )
)
DEALS = "Deal ID,Stage,Amount,Closed\n1,Won,10.00,2024-03-14\n2,Lost,20.00,2024-03-15\n"


def rules(company: Company) -> dict[str, Any]:
    settings = yaml.safe_load(company.text)
    return {name: settings[name] for name in ("test_when", "duplicate_when", "qualified_when") if name in settings}


def test_tests_and_duplicates_are_doubted_where_nobody_is_asked(company: Company) -> None:
    file = company.write("leads.csv", LEADS)

    message = str(company.refused(file)["message"])

    assert "channel holds Test (1 row): tests would count as records" in message
    assert "say `test_when: {channel: [Test]}`" in message
    assert "disqualified_reason holds Duplicate (1 row): those would count as leads" in message


def test_grades_and_a_missing_margin_are_notes_that_stop_nothing(company: Company) -> None:
    settings = company.folder / "funnelmart.yml"
    settings.write_text(
        company.text + "test_when: {channel: [test]}\nduplicate_when: {disqualified_reason: [Duplicate]}\n"
    )
    done = company.add(company.write("leads.csv", LEADS), company.write("deals.csv", DEALS))

    assert done["notes"] == [
        "lead_quality holds grades (A - High, B, C, F), and nothing says which of them are qualified; name them, such "
        "as `qualified_when: {lead_quality: [A - High]}`",
        "nothing says what goods cost: profit and ROI are before cost of goods; say the share of revenue that is left, "
        "such as `economics: {gross_margin: 0.4}`",
    ]


def test_answers_are_written_as_settings(company: Company) -> None:
    file = company.write("leads.csv", LEADS)

    code, out, err = company.call(file, answers="leads\ndone\nyes\nyes\na, B\nyes\n")

    assert code == 0, out + err
    assert rules(company) == {
        "test_when": {"channel": ["Test"]},
        "duplicate_when": {"disqualified_reason": ["Duplicate"]},
        "qualified_when": {"lead_quality": ["A - High", "B"]},
    }


def test_no_is_an_answer_too(company: Company) -> None:
    file = company.write("leads.csv", LEADS)

    code, out, err = company.call(file, answers="leads\ndone\nno\nno\nnone\nyes\n")

    assert code == 0, out + err
    assert rules(company) == {}


@pytest.mark.parametrize("before", ["", "economics: {gross_margin: 1.0}   # of revenue\n"])
def test_the_margin_is_asked_until_it_is_a_share(company: Company, before: str) -> None:
    (company.folder / "funnelmart.yml").write_text(company.text + before)
    file = company.write("deals.csv", DEALS)

    code, out, err = company.call(file, answers="deals\ndone\n40\n0.4\nyes\n")

    assert code == 0, out + err
    assert "40: expected a share above 0 and at most 1" in err
    assert yaml.safe_load(company.text)["economics"] == {"gross_margin": 0.4}
    assert "# of revenue" in company.text or not before


def test_costs_of_goods_in_the_file_leave_nothing_to_ask(company: Company) -> None:
    file = company.write("deals.csv", "Deal ID,Stage,Amount,Closed,Cost of goods\n1,Won,10.00,2024-03-14,4.00\n")

    done = company.add(file)

    assert done["added"][0]["fields"]["cost_of_goods"] == "Cost of goods"
    assert done["notes"] == []
