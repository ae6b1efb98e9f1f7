"""Numbers as people write them: currency signs and codes, no-break spaces, decimal and thousands marks, strictly."""

import re

from orchestration.extracts.sql import literal
from orchestration.settings import Formats

# ISO 4217, active codes: any three letters would let `TBD 300` pass as an amount.
CODES = (
    "AED|AFN|ALL|AMD|ANG|AOA|ARS|AUD|AWG|AZN|BAM|BBD|BDT|BGN|BHD|BIF|BMD|BND|BOB|BRL|BSD|BTN|BWP|BYN|BZD|"
    "CAD|CDF|CHF|CLP|CNY|COP|CRC|CUP|CVE|CZK|DJF|DKK|DOP|DZD|EGP|ERN|ETB|EUR|FJD|FKP|GBP|GEL|GHS|GIP|GMD|"
    "GNF|GTQ|GYD|HKD|HNL|HRK|HTG|HUF|IDR|ILS|INR|IQD|IRR|ISK|JMD|JOD|JPY|KES|KGS|KHR|KMF|KPW|KRW|KWD|KYD|"
    "KZT|LAK|LBP|LKR|LRD|LSL|LYD|MAD|MDL|MGA|MKD|MMK|MNT|MOP|MRU|MUR|MVR|MWK|MXN|MYR|MZN|NAD|NGN|NIO|NOK|"
    "NPR|NZD|OMR|PAB|PEN|PGK|PHP|PKR|PLN|PYG|QAR|RON|RSD|RUB|RWF|SAR|SBD|SCR|SDG|SEK|SGD|SHP|SLE|SOS|SRD|"
    "SSP|STN|SYP|SZL|THB|TJS|TMT|TND|TOP|TRY|TTD|TWD|TZS|UAH|UGX|USD|UYU|UZS|VES|VND|VUV|WST|XAF|XCD|XOF|"
    "XPF|YER|ZAR|ZMW|ZWL"
)
# Words and short forms beside amounts; `currencies.py` says which currency each of them is.
WORDS = (
    r"euros?|eur\.|dollars?|pounds?|kr\.?|zł|zl|złot(?:y|e|ych)|zlot(?:y|e|ych)|kč|kc|ft|lei|leu|tl|rs\.?|rm|rp\.?|"
    r"fr\.|sfr\.?|franken|евро|євро|руб\.?|рубл(?:ь|я|ей|и)|р\.?|грн\.?|грив(?:ень|ен|ні|ня|на)|долл\.?|"
    r"доллар(?:а|ов)?|долар(?:а|ів)?|лв\.?|лева|тг\.?|тенге|сум"
)
_SPACE = r"[ \x{00A0}\x{202F}\x{2009}]"
_CURRENCY = rf"(?:[A-Za-z]{{0,3}}\p{{Sc}}|(?i:{CODES}|{WORDS}))"
_MINUS = r"[-+\x{2212}]"


def decimal_sql(value: str, formats: Formats) -> str:
    """The SQL of `value` as `-?digits[.digits]`; null where it is no number written with the declared marks.

    Thousands stand in groups of three: with decimal `,` and thousands `.`, `3.500,00` is one and `3.50` is not; or,
    as in India, in groups of two and at last one of three: `12,34,567`. Brackets or a sign behind make it negative,
    but right behind the decimal mark a dash stands for no cents: `1.250,-` is a price.
    """
    point = re.escape(formats.decimal)
    groups = [rf"\d{{1,3}}(?:{_SPACE}\d{{3}})+"]
    if formats.thousands.strip():
        mark = "['’]" if formats.thousands == "'" else re.escape(formats.thousands)
        groups.append(rf"\d{{1,3}}(?:{mark}\d{{3}})+")
    if formats.thousands == ",":
        groups.append(r"\d{1,2}(?:,\d{2})+,\d{3}")
    whole = rf"{'|'.join(groups)}|\d+"
    pattern = (
        rf"^(?:{_CURRENCY})?{_SPACE}*({_MINUS}?){_SPACE}*(?:{_CURRENCY})?{_SPACE}*"
        rf"(?:({whole})(?:{point}(\d*))?|{point}(\d+)){_SPACE}*(?:{_CURRENCY})?$"
    )
    uncut = literal(rf"(\d){point}{_SPACE}?(?:--?|[–—])({_SPACE}*[^0-9]*)$")
    priced = f"regexp_matches({value}, {uncut})"
    dashed = f"case when {priced} then regexp_replace({value}, {uncut}, '\\1\\2') else {_turned(value)} end"
    marked = " or ".join(f"{value} like '%{mark}%'" for mark in "-)–—")
    inner = f"case when {marked} then {dashed} else {value} end"
    match = f"regexp_extract({inner}, {literal(pattern)}, ['sign', 'whole', 'fraction', 'bare'])"
    sign = f"case when {match}.sign in ('-', chr(8722)) then '-' else '' end"
    digits = rf"regexp_replace({match}.whole, '[^0-9]', '', 'g')"
    fraction = f"coalesce('.' || nullif({match}.fraction || {match}.bare, ''), '')"
    written = f"{sign} || coalesce(nullif({digits}, ''), '0') || {fraction}"
    plain = rf"-?\d{{1,18}}(?:{point}\d+)?"
    scientific = rf"-?\d(?:{point}\d+)?[eE][+-]?\d{{1,2}}"
    pointed = f"replace({value}, {literal(formats.decimal)}, '.')"
    exponent = f"rtrim(rtrim(cast(try_cast({pointed} as decimal(38, 18)) as varchar), '0'), '.')"
    return (
        f"case when regexp_full_match({value}, {literal(plain)}) then {pointed} "
        f"when regexp_matches({inner}, {literal(pattern)}) and length({digits}) <= 18 then {written} "
        f"when regexp_full_match({value}, {literal(scientific)}) then {exponent} end"
    )


def _turned(value: str) -> str:
    """`(75.50) €` and `100.00- €`, as accountants and SAP write what is negative, with the sign in front.

    Before the bracket no digit stands: `10 (25)` is two numbers, of which none is the value.
    """
    bracketed = literal(rf"([^0-9]*?){_SPACE}*\(([^()+-]+)\)({_SPACE}*[^0-9()]*)")
    behind = literal(rf"([^()+-]+?){_SPACE}*-({_SPACE}*[^0-9()+-]*)")
    return (
        f"case when regexp_full_match({value}, {bracketed}) then regexp_replace({value}, {bracketed}, '-\\1\\2\\3') "
        f"when regexp_full_match({value}, {behind}) then regexp_replace({value}, {behind}, '-\\1\\2') else {value} end"
    )
