"""People in any text: e-mail addresses and telephone numbers are told by their form, wherever they stand.

A name has no form: it is told where it equals one that raw knows (land/known_people.py).
"""

import re
from urllib.parse import unquote

from orchestration.extracts.type.erased import TOKEN
from orchestration.extracts.type.people import hash_normals, normalise
from orchestration.extracts.type.phones import is_number_of, phone

_ADDRESS = r"[\w.%+'-]+(?:@|%40)[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2,}"
_EMAIL = re.compile(_ADDRESS)
# Ann Abel <ann@example.com>, also with round brackets: the name before it is hers
_MAILBOX = re.compile(rf"[^\W\d_][^;,|<>()@/=\n]{{0,60}}[<(]\s*({_ADDRESS})\s*[>)]")
# +49 (0)151 000-0001; in a link the + is %2B
_INTERNATIONAL = re.compile(r"(?<![\w.+-])(?:\+|%2[Bb])\(?\d(?:(?:[ ()/.\u00a0-]{1,3}|%20)?\d){7,14}(?!\w)")
# (030) 1234567, 8 (495) 123-45-67, but no year in brackets
_BRACKETED = re.compile(
    r"(?<![\w.+-])(?:[1-9]\d{0,2}[ .-]?)?\((?!(?:19|20)\d\d\))\d{2,5}\)[ .-]{0,2}\d(?:[ ./-]?\d){4,9}(?!\w)"
)
# 0151 0000001, 555-123-4567, 8 495 123-45-67: a telephone where nothing else stands in the cell
_NATIONAL = re.compile(
    r"0\d{1,4}[ /-]\d(?:[ /-]?\d){4,10}|\d{3}[-. ]\d{3}[-. ]\d{4}|8[ -]\d{3}[ -]\d{3}[ -]\d{2}[ -]\d{2}"
)
_WITHIN = re.compile(r"(?<![\w.+-])0\d{1,4}[ /-]\d(?:[ /-]?\d){4,10}(?!\w)")
_DAY = re.compile(r"\d{1,2}([ ./-])\d{1,2}\1\d{2,4}")
_SEVERAL_WORDS = re.compile(r"[^\W\d_]\S*\s+(?:\S+\s+)*\S*[^\W\d_]")
PSEUDONYM, _LENGTH = "person-", 16

# What a look at all values of a column costs little to find; what it finds is looked at closely.
MAY_BE_EMAIL = "(contains({0}, '@') or contains({0}, '%40'))"
# Before each pattern what it can't do without, since to look for a character costs a fifth of a pattern.
_HAS_PLUS = "(contains({0}, '+') or contains({0}, '%2'))"
MAY_BE_PHONE = (
    rf"(({_HAS_PLUS} or contains({{0}}, '(') or {{0}} between '0' and ':') "
    r"and regexp_matches({0}, '(\+|%2[Bb])\(?[0-9]|\([0-9]{{2,5}}\)|^[0-9][0-9 ()./-]{{6,19}}$'))"
)
MAY_BE_PHONE_IN_PAGE = rf"({_HAS_PLUS} and " + r"regexp_matches({0}, '(\+|%2[Bb])[0-9(]'))"
MAY_BE_PHONE_WITHIN = r"regexp_matches({0}, '\b0[0-9]{{1,4}}[ /-][0-9]')"


def pseudonym(normal: str, key: bytes) -> str:
    """What stands for a person in text: the beginning of the keyed hash of the normal form."""
    hashed = hash_normals([normal], key)[0] or ""
    return f"{PSEUDONYM}{hashed[:_LENGTH]}"


def without_people(text: str, region: str | None, key: bytes, is_key: bool = False) -> str:
    """The text with a pseudonym in place of each e-mail address and telephone number.

    A key (an id, a click's id) may look like anything: in it only an address, or an international number that is all
    of it, is told by its form. `region` is that of numbers without a country code.
    """
    text = _MAILBOX.sub(lambda found: _email(found[1], key), of_the_forgotten(text))
    text = _EMAIL.sub(lambda found: _email(found[0], key), text)
    if is_key:
        return _number(unquote(text), region, key) if _INTERNATIONAL.fullmatch(text) else text
    text = _INTERNATIONAL.sub(lambda found: _number(unquote(found[0]), region, key), text)
    text = _BRACKETED.sub(lambda found: _number(found[0], region, key), text)
    if _NATIONAL.fullmatch(text) and not _DAY.fullmatch(text):
        return _number(text, region, key)
    if region:
        text = _WITHIN.sub(lambda found: _number(found[0], region, key, only_valid=True), text)
    return text


def of_the_forgotten(text: str) -> str:
    """The text with pseudonyms where it says the hashes of people who were forgotten: they are of the same hash."""
    return TOKEN.sub(lambda found: f"{PSEUDONYM}{found[1][:_LENGTH].lower()}", text)


def masked(text: str) -> str:
    """A text for people's eyes: of e-mail addresses and telephone numbers in it only the shape is left."""
    for form in (_MAILBOX, _EMAIL, _INTERNATIONAL, _BRACKETED):
        text = form.sub(lambda found: shape(found[0]), text)
    return shape(text) if _NATIONAL.fullmatch(text) and not _DAY.fullmatch(text) else text


def as_refused(text: str) -> str:
    """A value that is not what its column holds, for people's eyes: several words may be a name."""
    return shape(text) if is_several_words(text) else masked(text)


def shape(text: str) -> str:
    """Letters as x, digits as 9, the rest as it is."""
    return "".join("x" if c.isalpha() else "9" if c.isdigit() else c for c in text)


def customer(text: str, region: str | None, key: bytes) -> str:
    """A customer who is a person: by address or telephone, else by the name or code under which the sale stands."""
    without = without_people(text, region, key, is_key=True)
    return without if without != text else pseudonym(" ".join(text.casefold().split()), key)


def is_several_words(text: str) -> bool:
    """Whether a text may be a person's name: words of letters, not one code."""
    return bool(_SEVERAL_WORDS.search(text))


def _email(text: str, key: bytes) -> str:
    return pseudonym(normalise(unquote(text), "email", None) or text, key)


def _number(text: str, region: str | None, key: bytes, only_valid: bool = False) -> str:
    if only_valid and not is_number_of(text, region):
        return text
    return pseudonym(phone(text, region) or re.sub(r"\D", "", text), key)
