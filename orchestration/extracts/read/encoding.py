"""Which encoding a text file is in: told by its first bytes or by its content, then verified over all of it."""

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

from orchestration.errors import ExtractError

CHUNK = 1 << 20
_BOMS = [(codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")]
_WORD = re.compile(r"[^\W\d_]+")
_CYRILLIC = re.compile(r"[а-яёіїєґў]", re.IGNORECASE)


@dataclass(frozen=True)
class TextFile:
    """A text file as UTF-8: `path` is the file itself where it already was, else a copy."""

    path: Path
    encoding: str
    lines: int
    has_carriage_returns: bool  # carriage returns that do not belong to a line end


def as_utf8(path: Path, explicit: str | None, folder: Path) -> TextFile:
    """The file in UTF-8, every byte decoded once so that nothing is replaced silently.

    Raises:
        ExtractError: the encoding can't be told, or the file isn't in the one that the settings name.
    """
    encoding = explicit or _detect(path)
    codec = codecs.lookup(encoding).name
    copy = None if codec in ("utf-8", "utf-8-sig", "ascii") else folder / "utf8"
    lines, lone, ends_open = 0, False, False
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with open(path, "rb") as stream, open(copy or "/dev/null", "wb") as target:
            while True:
                chunk = stream.read(CHUNK)
                text = decoder.decode(chunk, final=not chunk)
                if text:
                    if "\x00" in text:
                        raise ExtractError(f"is no text: it holds NUL characters when read as {encoding}")
                    lines += text.count("\n")
                    # A pair split between two chunks counts as lone; that only costs the faster reader.
                    lone = lone or text.count("\r") != text.count("\r\n")
                    ends_open = not text.endswith("\n")
                    if copy:
                        target.write(text.encode("utf-8"))
                if not chunk:
                    break
    except UnicodeDecodeError as error:
        raise ExtractError(f"is not {encoding}: {error}; set formats.encoding") from error
    return TextFile(copy or path, codec, lines + ends_open, lone)


def _detect(path: Path) -> str:
    with open(path, "rb") as stream:
        head = stream.read(CHUNK)
        for mark, encoding in _BOMS:
            if head.startswith(mark):
                return encoding
        sample = head[:4096]
        for offset, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
            if len(sample) > 3 and sample[offset::2].count(0) > len(sample) // 5:
                return encoding
        decoder, single_bytes = codecs.getincrementaldecoder("utf-8")(), b""
        try:
            while head:
                single_bytes = head
                decoder.decode(head)
                head = stream.read(CHUNK)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return _windows_1251(single_bytes)
    return "utf-8"


def _windows_1251(data: bytes) -> str:
    """Accept Windows-1251 only where it gives words: Western letters read so mix two alphabets within one word."""
    text = data.decode("windows-1251", errors="replace")
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    cyrillic = [word for word in words if len(_CYRILLIC.findall(word)) == len(word)]
    if "\ufffd" in text or not words or len(cyrillic) < 0.9 * len(words) or max(map(len, cyrillic), default=0) < 3:
        raise ExtractError("is neither UTF-8, UTF-16 nor Windows-1251; set formats.encoding, for example windows-1252")
    return "windows-1251"
