"""What stands where a person's value stood: a pseudonym that says which hash the value had, and nothing else.

`forgotten:<hash>` counts as the value did (the same person, the same key), so no aggregate changes, and a copy of an
extract in which values were replaced by it gives the same rows again.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from urllib.parse import quote

PREFIX = "forgotten:"
TOKEN = re.compile(rf"{PREFIX}([0-9a-f]{{64}})", re.IGNORECASE)
_EMAIL_ENDS = (r"(?<![\w.+-])", r"(?![\w-]|\.\w)")
_WORD_ENDS = (r"(?<!\w)", r"(?!\w)")


def token(hash_: str) -> str:
    """Return the pseudonym of a value that had this hash."""
    return f"{PREFIX}{hash_}"


def hash_of(value: str) -> str | None:
    """Return the hash that a pseudonym stands for; None where the value is none."""
    found = TOKEN.fullmatch(value.strip())
    return found[1].lower() if found else None


class Eraser:
    """Puts pseudonyms in the place of a person's values, wherever they stand in a text.

    `sure` are values that are nobody else's (e-mails, telephones), `names` such that others may have too: those are
    replaced only beside a sure one, or where the whole text is the person's. `marks` are ids: they stay, and say whose
    a text is.
    """

    def __init__(
        self, sure: Mapping[str, str], names: Mapping[str, str] | None = None, marks: Iterable[str] = ()
    ) -> None:
        self._said = (sure, names or {}, tuple(marks))
        self.sure = {
            written.casefold(): token(hash_)
            for value, hash_ in sure.items()
            if value.strip()
            for written in (value, *_in_a_url(value))
        }
        self.names = {value.casefold(): token(hash_) for value, hash_ in (names or {}).items() if value.strip()}
        self._finds, self._all = _pattern({*self.sure, *marks}), _pattern({**self.names, **self.sure})

    def spelled(self, spell: Callable[[str], str]) -> "Eraser":
        """Return the same for texts in which values are written otherwise, as XML or JSON escape them."""
        sure, names, marks = self._said
        spelled = [{spell(value): hash_ for value, hash_ in some.items()} for some in (sure, names)]
        return Eraser(spelled[0], spelled[1], map(spell, marks))

    def finds(self, text: str) -> bool:
        """Whether a sure value or a mark stands in the text."""
        return self._finds is not None and self._finds.search(text) is not None

    def erase(self, text: str, with_names: bool = False) -> str:
        """Return the text with pseudonyms; `with_names`: in the person's own row also where only the name stands."""
        pattern = self._all if with_names or self.finds(text) else None
        known = {**self.names, **self.sure}
        return pattern.sub(lambda found: known.get(found[0].casefold(), PREFIX), text) if pattern else text


def _in_a_url(value: str) -> Iterator[str]:
    """An address as the query of a URL has it: `ann%40example.com`."""
    if "@" in value:
        yield value.replace("@", "%40")
        yield quote(value)


def _pattern(values: Iterable[str]) -> re.Pattern[str] | None:
    longest_first = sorted(values, key=len, reverse=True)
    if not longest_first:
        return None
    return re.compile("|".join(map(_bounded, longest_first)), re.IGNORECASE)


def _bounded(value: str) -> str:
    before, after = _EMAIL_ENDS if "@" in value or "%40" in value else _WORD_ENDS
    return f"{before if value[0].isalnum() else ''}{re.escape(value)}{after if value[-1].isalnum() else ''}"
