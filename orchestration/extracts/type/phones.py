"""Telephone numbers in E.164. Most are written so already, and to parse them would cost more than all else of a row."""

import re
from functools import cache

import phonenumbers
from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, PhoneMetadata

_E164 = re.compile(r"\+([1-9][0-9]{6,14})")
_SEVERAL = re.compile(r"[;,|\n]| / |\s{2,}")


def phone(value: str, region: str | None) -> str | None:
    """The number in E.164; None for what can't be anybody's. `region` is that of numbers without a country code.

    Of several in one cell it is the first.
    """
    number, parts = _phone(value, region), _SEVERAL.split(value)
    if number or len(parts) < 2:
        return number
    return next((found for part in parts if (found := _phone(part, region))), None)


def _phone(value: str, region: str | None) -> str | None:
    try:
        number = phonenumbers.parse(value, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def is_e164(value: str) -> bool:
    """Whether `phone` would give the value back as it is, as far as that can be told without parsing it.

    It can where only digits follow the +, the country uses numbers of that length, and none of its prefixes for calls
    within the country stands before the number: such a prefix would be left out.
    """
    match = _E164.fullmatch(value)
    if match is None:
        return False
    digits = match[1]
    for length in (1, 2, 3):
        code = int(digits[:length])
        if code in COUNTRY_CODE_TO_REGION_CODE:
            prefix = _national_prefix(code)
            return (prefix is None or not prefix.match(digits, length)) and _is_possible(code, len(digits) - length)
    return False


def national(number: str) -> str:
    """The digits of an E.164 number after the country's code."""
    digits = number.removeprefix("+")
    length = next((n for n in (1, 2, 3) if int(digits[:n] or 0) in COUNTRY_CODE_TO_REGION_CODE), 0)
    return digits[length:]


@cache
def _national_prefix(code: int) -> re.Pattern[str] | None:
    metadata = PhoneMetadata.metadata_for_region_or_calling_code(code, COUNTRY_CODE_TO_REGION_CODE[code][0])
    prefix = metadata.national_prefix_for_parsing if metadata is not None else None
    return re.compile(prefix) if prefix else None


@cache
def _is_possible(code: int, length: int) -> bool:
    """Whether the country's numbers may have so many digits; which digits they are plays no part."""
    number = phonenumbers.PhoneNumber(country_code=code, national_number=10 ** (length - 1) if length > 0 else None)
    return length > 1 and phonenumbers.is_possible_number(number)


def is_number_of(value: str, region: str | None) -> bool:
    """Whether the numbering plan of the region has such a number; telephones in running text are told by that."""
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(value, region))
    except phonenumbers.NumberParseException:
        return False
