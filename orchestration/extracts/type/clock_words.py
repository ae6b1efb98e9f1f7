"""Days and times as the words of a language say them, before a format reads them.

Halves of the day are AM and PM in whatever language, and hours from Greenwich are an offset: `2:05 p. m. GMT+1`, as
forms of Google write it, is `2:05 pm +01`.
"""

from orchestration.extracts.source_specs import DataType
from orchestration.extracts.sql import literal

WORDED = r"(?i)[ap]\. ?m|ÖÖ|ÖS|[πμ]\.?μ|дп|пп|午|오[전후]|(?:GMT|UTC)[+-]\d"
"""What may have such words in it: each other value costs one look."""

_HALVES = (("AM", "ÖÖ|π.?μ.?|дп", "午前|上午|오전"), ("PM", "ÖS|μ.?μ.?|пп", "午後|下午|오후"))


def spaced(value: str, data_type: DataType) -> str:
    """The SQL of a day or time with plain blanks, halves of the day in English and offsets in digits.

    Browsers write `10:05 PM` with a narrow no-break blank since 2023.
    """
    if data_type not in ("date", "timestamp", "epoch", "month"):
        return value
    plain = f"replace(replace({value}, chr(8239), ' '), chr(160), ' ')"
    return f"case when regexp_matches({value}, {literal(WORDED)}) then {_in_english(plain)} else {plain} end"


def _in_english(value: str) -> str:
    value = _replaced(value, r"(?i)([ap])\. ?m\b\.?", r"\1m")
    for half, behind, before in _HALVES:
        value = _replaced(value, rf" ?(?:{behind})( |$)", rf" {half}\1")
        value = _replaced(value, rf"(?:{before}) ?(\d{{1,2}}:\d{{2}}(?::\d{{2}})?)", rf"\1 {half}")
    value = _replaced(value, r"(?:GMT|UTC)([+-])(\d)(?::?(\d\d))?$", r"\10\2\3")
    return _replaced(value, r"(?:GMT|UTC)([+-]\d\d)(?::?(\d\d))?$", r"\1\2")


def _replaced(value: str, pattern: str, by: str) -> str:
    return f"regexp_replace({value}, {literal(pattern)}, {literal(by)})"
