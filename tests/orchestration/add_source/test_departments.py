"""Whose costs they are, as companies call their departments."""

from tests.orchestration.add_source.conftest import Company


def test_departments_in_other_words_are_meant(company: Company) -> None:
    rows = "2026-01,Gehälter,Vertrieb,100\n2026-01,Gehälter,Marketing-Team,200\n2026-01,Gehälter,Sales department,50\n"
    done = company.add(company.write("costs.csv", f"Month,Type,Department,Amount\n{rows}"))
    [added] = done["added"]
    assert company.figures("marketing_costs", "string_agg(department, ' ' order by _row)") == ("sales marketing sales",)
    assert added["rows_refused"] == 0


def test_a_department_that_a_run_refuses_is_said_to_be_refused(company: Company) -> None:
    rows = "2026-01,Salaries,Sales,100\n2026-01,Salaries,HR,200\n"
    done = company.add(company.write("costs.csv", f"Month,Type,Department,Amount\n{rows}"))
    [added] = done["added"]
    assert added["rows_refused"] == 1
    assert "department: 'HR' is neither marketing nor sales" in " ".join(added["reasons"])
