"""Links in any column of a sheet say where a record came from, where its row does not."""

import pytest

from tests.orchestration.extracts.conftest import Workspace

TAGS = "utm_source, utm_medium, utm_campaign, click_id, click_id_type"


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("https://x.de/?utm_source=google&utm_medium=cpc&gclid=Ab1,,", ("google", "cpc", None, "Ab1", "gclid")),
        (",https://x.de/form#utm_campaign=M%C3%A4rz+Sale,", (None, None, "März Sale", None, None)),
        # what comes from the first page is preferred to what a referrer says
        (",https://x.de/?utm_source=late,https://x.de/?utm_source=first&yclid=7",
         ("first", None, None, "7", "yclid")),
        # another visit: the row says newsletter, the link google
        ("https://x.de/?utm_source=google&gclid=Ab1,,newsletter", ("newsletter", None, None, None, None)),
        ("https://x.de/?utm_source=Google&gclid=Ab1,,google", ("google", None, None, "Ab1", "gclid")),
        ("https://x.de/?page=2,plain words & more = less,", (None, None, None, None, None)),
    ],
)  # fmt: skip
def test_what_links_say_fills_what_is_empty(workspace: Workspace, row: str, expected: tuple[str | None, ...]) -> None:
    first, referrer, third = row.split(",")
    source, page = (third, first) if not third.startswith("http") else ("", third)
    workspace.write(
        "leads.csv", f"Id,Created,Referrer,First page,utm_source\n1,2024-03-01,{referrer},{page},{source}\n"
    )

    workspace.land("leads", {"files": "leads.csv", "fields": {"lead_id": "Id", "created_at": "Created"}})

    assert workspace.rows(f"select {TAGS} from raw_sheets.leads") == [expected]


def test_the_landing_page_has_the_first_word(workspace: Workspace) -> None:
    """Its tags are read by the models; a row whose landing page has none is filled from its other links."""
    fields = {"lead_id": "Id", "created_at": "Created", "landing_page": "Landing"}
    workspace.write(
        "leads.csv",
        "Id,Created,Landing,Page\n"
        "1,2024-03-01,https://x.de/?utm_source=bing,https://x.de/?utm_source=google\n"
        "2,2024-03-01,https://x.de/shop,https://x.de/?utm_source=google\n",
    )

    workspace.land("leads", {"files": "leads.csv", "fields": fields})

    assert workspace.rows("select utm_source from raw_sheets.leads order by _row") == [(None,), ("google",)]


def test_columns_that_are_called_like_click_ids_hold_them(workspace: Workspace) -> None:
    """The first row has two: Google's is the surest. A link of another visit says nothing of the row's own source."""
    workspace.write(
        "leads.csv",
        "Id,Created,GCLID,yclid,utm_source,Page\n1,2024-03-01,Cj0K,77,,\n2,2024-03-01,,88,yandex,https://x.de/?utm_source=bing\n"
        "3,2024-03-01,,,,https://x.de/?msclkid=5\n4,2024-03-01,,,,\n",
    )

    workspace.land("leads", {"files": "leads.csv", "fields": {"lead_id": "Id", "created_at": "Created"}})

    assert workspace.rows("select utm_source, click_id, click_id_type from raw_sheets.leads order by _row") == [
        (None, "Cj0K", "gclid"), ("yandex", "88", "yclid"), (None, "5", "msclkid"), (None, None, None),
    ]  # fmt: skip


def test_deals_know_no_click_ids_but_tags(workspace: Workspace) -> None:
    workspace.write("deals.csv", "Id,URL\n1,https://x.de/?utm_source=google&gclid=Ab1\n")

    workspace.land("deals", {"files": "deals.csv", "fields": {"deal_id": "Id"}})

    assert workspace.rows("select utm_source from raw_sheets.deals") == [("google",)]
