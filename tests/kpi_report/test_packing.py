"""What is packed into the page comes out as it was, and the same figures give the same page."""

import base64
import gzip
import json
from typing import Any

from kpi_report.packing import pack

TABLE = {
    "columns": ["member", "leads", "counted", "cost"],
    "rows": [["Ads", 1, 1, 10.5], ["Ads", 0, 0, 0], ["Ads", 1, 1, None], ["Mail", 1, 1, 7]] * 2,
}


def unpacked(text: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(gzip.decompress(base64.b64decode(text)))
    return found


def test_a_column_is_its_values_or_words_and_places_or_that_of_another() -> None:
    assert unpacked(pack({"days": TABLE})) == {
        "days": {
            "columns": ["member", "leads", "counted", "cost"],
            "values": [
                {"words": ["Ads", "Mail"], "at": [0, 0, 0, 1, 0, 0, 0, 1]},
                {"words": [1, 0], "at": [0, 1, 0, 0, 0, 1, 0, 0]},
                {"as": 1},
                [10.5, 0, None, 7, 10.5, 0, None, 7],
            ],
        }
    }


def test_the_same_tables_give_the_same_text() -> None:
    assert pack({"days": TABLE}) == pack({"days": TABLE})


def test_true_is_not_one() -> None:
    table = {"columns": ["mixed"], "rows": [[True], [1], [True], [1], [True], [1], [1], [1], [1]]}
    found = unpacked(pack({"mixed": table}))["mixed"]["values"][0]

    assert [json.dumps(found["words"][at]) for at in found["at"]][:2] == ["true", "1"]
