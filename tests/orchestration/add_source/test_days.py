"""Columns of days as people call them."""

import pytest

from tests.orchestration.add_source.conftest import Company

GOALS = """\
Id,KPI,Target,{start},{end},Owner
G1,revenue,60000,2024-01-01,2024-06-30,Anna
G2,won_deals,50,2024-01-01,2024-12-31,Boris
"""
DEALS = """\
Номер сделки;Этап;Сумма;{created};Закрыта
501;Успешно;284000;29.03.2024;22.04.2024
502;Провал;35000;23.03.2024;26.04.2024
"""


def test_a_goal_ends_when_its_file_says_so(tmp_path_factory: pytest.TempPathFactory) -> None:
    for start, end in (("From", "To"), ("Start", "End"), ("С", "По"), ("Дата начала", "Дата окончания")):
        company = Company(tmp_path_factory.mktemp("goals") / "shop")
        company.add(company.write("goals.csv", GOALS.format(start=start, end=end)))

        assert company.sheets[0]["fields"]["start_date"] == start
        assert company.sheets[0]["fields"]["due_date"] == end


def test_a_deal_was_created_in_each_gender(tmp_path_factory: pytest.TempPathFactory) -> None:
    for created in ("Создан", "Создана", "Создано"):
        company = Company(tmp_path_factory.mktemp("deals") / "shop")
        company.add(company.write("deals.csv", DEALS.format(created=created)))

        assert company.sheets[0]["fields"]["created_at"] == created
