"""Which encoding a text is in that neither its first bytes nor its words tell for sure: one of Windows' or Japan's.

Excel saves "CSV" in the encoding of its country. Which one it is shows in the letters: read in another encoding, the
words of a language hold letters that it doesn't have (`£¹czna` and `Kazanýldý` are no words).
"""

import re
from pathlib import Path

from orchestration.errors import ExtractError
from orchestration.extracts.read.encoding import as_utf8

WESTERN = "windows-1252"
_SAMPLE = 1 << 18
_CENTRAL = ("ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "ăâîșțşţ", "čćđšž")
_ALPHABETS = {
    WESTERN: (
        "äöüß", "àâæçèéêëîïôœùûüÿ", "áéíñóúüçàèïò", "áâãàçéêíóôõúü", "àèéìîòóùú", "ëïéèöüáíóú", "åäöéü", "åæøéäöü",
    ),
    "windows-1250": _CENTRAL,
    "iso8859-2": _CENTRAL,
    "windows-1254": ("çğıöşüâîû",),
    "windows-1257": ("ąčęėįšųūž", "āčēģīķļņšūž", "äõöüšž"),
}  # fmt: skip
_LIKELY, _AHEAD = 0.9, 0.1
# Letters and signs beyond ASCII within words; quotes and dashes may stand beside any.
_WITHIN = re.compile(r"(?<=[^\W\d_])[^\x00-\x7f\s„“”‘’«»–—…·•™®©°ºª]|[^\x00-\x7f\s„“”‘’«»–—…·•™®©°ºª](?=[^\W\d_])")


def told_encoding(path: Path, folder: Path) -> str | None:
    """None where landing finds it by itself; Japan's where the text has kana; else the one whose letters make words.

    Raises:
        ExtractError: the file is in none that is known here.
    """
    try:
        as_utf8(path, None, folder)
    except ExtractError as error:
        if WESTERN not in str(error):
            raise
        encoding = "cp932" if _is_japanese(path) else _by_letters(path)
        as_utf8(path, encoding, folder)
        return encoding
    return None


def _by_letters(path: Path) -> str:
    """The Western one unless another one's letters fit clearly better."""
    with path.open("rb") as file:
        begin = file.read(_SAMPLE)
    shares = {name: _share(begin.decode(name, errors="replace"), of) for name, of in _ALPHABETS.items()}
    best = max(shares, key=lambda name: shares[name])
    return best if shares[best] >= max(_LIKELY, shares[WESTERN] + _AHEAD) else WESTERN


def _share(text: str, alphabets: tuple[str, ...]) -> float:
    """The share of letters beyond ASCII that one of the alphabets has."""
    found = _WITHIN.findall(text.lower())
    return max(sum(letter in alphabet for letter in found) for alphabet in alphabets) / len(found) if found else 0.0


def _is_japanese(path: Path) -> bool:
    """Whether the text is Shift-JIS: wide kana in it, and no narrow ones, which other encodings would look like."""
    with path.open("rb") as file:
        begin = file.read(1 << 16)
    try:
        text = begin[: begin.rfind(b"\n") + 1].decode("cp932")
    except UnicodeDecodeError:
        return False
    return len(re.findall("[\u3041-\u30fe]", text)) > 3 and not re.search("[\uff61-\uff9f]", text)
