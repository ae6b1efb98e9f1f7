"""Which encoding a text file is in: told by its first bytes or by its content, then verified over all of it."""

import codecs
import math
import re
from dataclasses import dataclass
from pathlib import Path

from orchestration.errors import ExtractError

CHUNK = 1 << 20
_BOMS = [(codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")]
_TURNED = re.compile(r"[а-яёіїєґў][А-ЯЁІЇЄҐЎ](?:[А-ЯЁІЇЄҐЎ]|$)")  # мНЯЙБЮ, but not МойСклад
_ALSO_CYRILLIC = ("koi8-r", "iso8859-5", "cp866", "mac-cyrillic")
_WORD = re.compile(r"[^\W\d_]+")
_MIXED = re.compile(r"[А-ЯЁІЇЄҐЎ].*[а-яёіїєґў]|[а-яёіїєґў].*[А-ЯЁІЇЄҐЎ]")
# How often letters stand in Russian, and some of its neighbours' own.
_PER_MILLE = {letter: int(times) for letter, times in re.findall(r"(\w)(\d+)", """
    о109 е85 а80 и73 н67 т63 с55 р47 в45 л44 к35 м32 д30 п28 у26 я20 ы19 ь17 г17 з16 б16 ч15 й12 х10 ж9 ш7 ю6 ц5 щ4 э3
    ф3 ъ1 ё1 і10 ї3 є3 ў3 ґ1""")}  # fmt: skip
_RARE = 0.1
_PROOF = math.log(20)  # one reading is twenty times as likely as the other
_CYRILLIC = re.compile(r"[а-яёіїєґў]", re.IGNORECASE)


@dataclass(frozen=True)
class TextFile:
    """A text file as UTF-8: `path` is the file itself where it already was, else a copy."""

    path: Path
    encoding: str
    lines: int
    has_carriage_returns: bool  # carriage returns that do not belong to a line end
    ends_open: bool = False  # without a line end
    may_have_formulas: bool = True  # ="00123", as programs keep Excel from changing a text


def as_utf8(path: Path, explicit: str | None, folder: Path) -> TextFile:
    """The file in UTF-8, every byte decoded once so that nothing is replaced silently.

    Raises:
        ExtractError: the encoding can't be told, or the file isn't in the one that the settings name.
    """
    encoding = explicit or _marked(path)
    try:
        return _decoded(path, encoding or "utf-8", folder)
    except UnicodeDecodeError as error:
        if encoding is None:
            return _decoded(path, _windows_1251(error.object), folder)
        raise ExtractError(f"is not {encoding}: {error}; set formats.encoding") from error


def _decoded(path: Path, encoding: str, folder: Path) -> TextFile:
    codec = codecs.lookup(encoding).name
    copy = None if codec in ("utf-8", "utf-8-sig", "ascii") else folder / "utf8"
    lines, lone, ends_open, formulas, last = 0, False, False, False, ""
    decoder = codecs.getincrementaldecoder(encoding)()
    with open(path, "rb") as stream, open(copy or "/dev/null", "wb") as target:
        while True:
            chunk = stream.read(CHUNK)
            text = decoder.decode(chunk, final=not chunk)
            if text:
                if "\x00" in text:
                    raise ExtractError(f"is no text: it holds NUL characters when read as {encoding}")
                lines += text.count("\n")
                # A pair split between two chunks counts as lone; that only costs the faster reader.
                lone = lone or ("\r" in text and text.count("\r") != text.count("\r\n"))
                ends_open = not text.endswith("\n")
                formulas = formulas or '="' in text or (last == "=" and text[0] == '"')
                last = text[-1]
                if copy:
                    target.write(text.encode("utf-8"))
            if not chunk:
                break
    return TextFile(copy or path, codec, lines + ends_open, lone, ends_open, formulas)


def _marked(path: Path) -> str | None:
    """The encoding that the first bytes tell, else None: UTF-8 until a byte says otherwise."""
    with open(path, "rb") as stream:
        sample = stream.read(4096)
    for mark, encoding in _BOMS:
        if sample.startswith(mark):
            return encoding
    for offset, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if len(sample) > 3 and sample[offset::2].count(0) > len(sample) // 5:
            return encoding
    return None


def _windows_1251(data: bytes) -> str:
    """Accept Windows-1251 only where it gives words: Western letters read so mix two alphabets within one word."""
    text = data.decode("windows-1251", errors="replace")
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    cyrillic = [word for word in words if len(_CYRILLIC.findall(word)) == len(word)]
    if "\ufffd" in text or not words or len(cyrillic) < 0.9 * len(words) or max(map(len, cyrillic), default=0) < 3:
        raise ExtractError("is neither UTF-8, UTF-16 nor Windows-1251; set formats.encoding, for example windows-1252")
    for encoding in _ALSO_CYRILLIC:
        other = data.decode(encoding, errors="replace")
        beyond_ascii = sum(not character.isascii() for character in other)
        if _in_words(other) > max(_in_words(text), 0.8 * beyond_ascii):
            raise ExtractError(f"is no Windows-1251, rather {encoding}; set formats.encoding")
    if not any(_MIXED.search(word) for word in words):
        _told_by_frequency({word.lower() for word in words})
    return "windows-1251"


def _told_by_frequency(words: set[str]) -> None:
    """Where no word has capitals and small letters, KOI8-R reads the same bytes as well, with their case changed."""
    ahead = _log_likelihood("".join(words)) - _log_likelihood(
        "".join(word.encode("windows-1251").decode("koi8-r") for word in words)
    )
    if ahead < -_PROOF:
        raise ExtractError("is no Windows-1251, rather koi8-r, as its letters tell; set formats.encoding")
    if ahead < _PROOF:
        raise ExtractError("may be windows-1251 or koi8-r: it has too few letters to tell; set formats.encoding")


def _log_likelihood(text: str) -> float:
    return sum(math.log(_PER_MILLE.get(letter, _RARE) / 1000) for letter in text.lower())


def _in_words(text: str) -> int:
    """How many Cyrillic letters stand in words with capitals where words have them: KOI8-R read so turns their case."""
    words = (word for word in _WORD.findall(text) if len(_CYRILLIC.findall(word)) == len(word))
    return sum(len(word) for word in words if not _TURNED.search(word))
