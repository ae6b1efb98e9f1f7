"""How well a column of a file fits a canonical column: by its header, then by its values, which may veto."""

import re
from functools import lru_cache
from itertools import groupby

from orchestration.add_source.evidence import Column
from orchestration.add_source.vocabulary import is_expected, joined, plain, vocabulary
from orchestration.extracts.source_specs import ColumnSpec
from orchestration.extracts.type.currencies import AMBIGUOUS, currency_code
from orchestration.extracts.type.in_text import as_refused
from orchestration.extracts.type.money import CODES

ENOUGH = 4.5
_TIME_WORDS = {"date", "time", "at", "дата", "время", "timestamp"}
_MONEY = {"amount", "spend", "unit_price", "cost_of_goods", "discount", "value", "baseline", "target", "revenue"}
_TIMED = ("date", "timestamp", "month", "duration", "epoch")
_ASPECTS = {
    "type", "status", "objective", "count", "reason", "url", "text", "description", "body", "is", "has", "тип",
    "статус", "message", "descriptor",
}  # fmt: skip
_COUNTED = {
    "budget",
    "amount",
    "conversions",
    "engagements",
    "rate",
    "cost",
    "total",
    "price",
    "value",
    "fee",
    "tax",
    "revenue",
    "quantity",
}  # a number and no name
_COUNTS = {"clicks", "impressions", "impr", "klicks", "impressionen", "клики", "показы", "sessions", "users"}
_GENERAL = {
    "id", "name", "date", "time", "number", "no", "type", "item", "value", "total", "state", "media", "term", "content",
    "page", "group", "title", "actual", "actuals", "first", "segment", "rate", "дата", "номер", "имя",
}  # fmt: skip
# Forms ask for what they want to know.
_ASKED = {"your", "ihr", "ihre", "ваш", "ваша", "ваше", "укажите", "введите", "tu", "su", "seu", "sua", "votre"}
_ASKING = {
    "what",
    "which",
    "s",
    "is",
    "are",
    "the",
    "please",
    "enter",
    "wie",
    "lautet",
    "bitte",
    "какой",
    "как",
    "какая",
}
# What conversions are worth, cost or how often they happen is not how many there were.
_NO_COUNT = {
    "value", "rate", "cost", "per", "wert", "kosten", "valeur", "taux", "cout", "valor", "tasa", "taxa", "coste",
    "custo", "valore", "tasso", "costo", "waarde", "wartosc", "koszt", "varde", "hodnota", "deger", "ценность",
    "стоимость", "цена", "доля", "процент",
}  # fmt: skip
_WRAPPED = re.compile(r"^(?:properties|fields|attributes)\.")  # answers of APIs: `properties.closedate`
_THOUSANDS = re.compile(rf"(?<![A-Za-z])[kKTM] ?(?:[€$£₽]|(?:{CODES})\b)|[€$£₽] ?[kKM]\b|'000|\b000s?\b")
# Units in which a duration is no number of seconds.
_LONGER = {
    "min", "mins", "minute", "minutes", "minuten", "minutos", "minuti", "minut", "мин", "минут", "минуты", "минутах",
    "хв", "хвилин", "dk", "dakika", "h", "hr", "hrs", "hour", "hours", "std", "stunden", "horas", "heures", "ore",
    "uren", "godz", "godzin", "ч", "час", "часов", "часы", "часах", "год", "годин", "saat", "day", "days", "tage",
    "dias", "jours", "giorni", "dagen", "dni", "дней", "дни", "днях", "днів", "gun", "ms", "milliseconds",
}  # fmt: skip
_CALLED_SO = 8.0
_SAYS_LITTLE = 5.2  # of three words only one is the name
_TITLES = {"title", "titulo", "titre", "titel", "tytul", "baslik", "название", "назва"}  # of a record, not its id
_CODED = {"name", "deal", "opportunity"}
_ONLY_EXPECTED = 4.6  # so it fits, but anything that happened fits better
_OUTCOMES = ("amount", "closed_at", "spend", "units", "cost_of_goods")
_PERSONAL_IDS = ("customer_id", "lead_id", "deal_id", "person_id", "account_id")


def fit(entity: str, spec: ColumnSpec, column: Column) -> float:
    """0 where it doesn't fit; 10 and a little more is a header that says just that."""
    name = _WRAPPED.sub("", column.name)
    header = plain(_without_code(name) if spec.name in (*_MONEY, "spend") else name)
    score = 0.0 if _is_scaled(spec, column.name) or _is_running(spec, column.name) else _by_header(entity, spec, header)
    if spec.name == "deal_id" and not score and plain(column.name) in _CODED and column.are_codes:
        score = 8.0  # shops call the number of an order its name
    if not score or not _possible(spec, column) or _is_longer(spec, column):
        return 0.0
    if spec.name.endswith("_reason") and column.filled and says_success(column):
        return 0.0
    if spec.name in _PERSONAL_IDS and {"phone", "telephone", "email", "mail"} & set(plain(column.name).split()):
        return 0.0
    if spec.personal == "email" and column.filled:
        score += 1 if column.emails > 0.5 else -2
    if not column.filled:
        score -= 2
    return score


def _without_code(name: str) -> str:
    """`Total CHF` without the code of its currency; in capitals throughout, no word is one."""
    rest = re.sub(rf"(?<![A-Za-z])(?:{CODES})(?![A-Za-z])", " ", name)
    return rest if name != name.upper() and re.search(r"[^\W\d]", rest) else name


def obstacle(entity: str, spec: ColumnSpec, column: Column) -> str | None:
    """Why a column that is called so is not taken for it; None where it isn't called so."""
    unfit = vocabulary().scaled | vocabulary().running
    header = plain(column.name.rpartition(".")[2])
    besides = " ".join(word for word in header.split() if word not in unfit)
    if max(_by_header(entity, spec, plain(column.name)), _by_header(entity, spec, besides)) < _CALLED_SO:
        return None
    if _is_scaled(spec, column.name):
        return f"{column.name} is money in other units than its currency, which no setting scales"
    if _is_running(spec, column.name):
        return f"{column.name} adds up the days before, too, so that its rows can't be summed"
    if _is_longer(spec, column):
        return f"{column.name} is in longer units, and {spec.name} are seconds, which no setting makes of them"
    if column.is_damaged and (spec.name.endswith("_id") or spec.personal == "phone"):
        return f"{column.name} was broken by a spreadsheet ({column.damaged!r}), so it is no {spec.name}"
    if not _possible(spec, column) and column.some:
        if spec.data_type == "timestamp" and len(column.zones) > 1:
            return (
                f"{column.name} holds times of several zones ({', '.join(column.zones)}), which no format reads: "
                "export them in one zone, or with offsets (+01:00)"
            )
        odd = as_refused(column.odd(spec.data_type))
        return f"{column.name} would be {spec.name}, but {odd!r} can't be read as {spec.data_type}"
    return None


def says_success(column: Column) -> bool:
    """Whether some of its values say that all went well."""
    words = vocabulary().success
    return any(plain(value) in words or set(plain(value).split()) <= words for value in column.some)


def tells_expected_only(spec: ColumnSpec, name: str) -> bool:
    """Whether a header says what is expected of something that happens or doesn't."""
    return spec.name in _OUTCOMES and is_expected(plain(name).split())


def _is_scaled(spec: ColumnSpec, name: str) -> bool:
    """Money in thousands or millionths, as brackets behind the name often say, or a letter beside the currency: k€."""
    words = set(_with_brackets(name).split())
    return bool(words & vocabulary().scaled or _THOUSANDS.search(name)) and (spec.name in _MONEY or spec.name == "rate")


def _is_running(spec: ColumnSpec, name: str) -> bool:
    """Whether a number holds those of the days before it, such as `Spend MTD`."""
    return spec.data_type in ("decimal", "integer") and bool(set(plain(name).split()) & vocabulary().running)


def _is_longer(spec: ColumnSpec, column: Column) -> bool:
    """Numbers under a header that says minutes, hours or days, where seconds are expected."""
    words = set(_with_brackets(column.name).split())
    are_numbers = all(re.fullmatch(r"-?\d+([.,]\d+)?", value) for value in column.some)
    return spec.data_type == "duration" and bool(words & _LONGER) and are_numbers


def _with_brackets(name: str) -> str:
    """The words of a header, what stands in brackets among them."""
    return plain(re.sub(r"[()\[\]（）]", " ", name))


def says_little(entity: str, spec: ColumnSpec, name: str) -> bool:
    """Whether the header says only in a small part what the column is."""
    return 0 < _by_header(entity, spec, plain(name)) < _SAYS_LITTLE


@lru_cache(maxsize=65_536)
def _by_header(entity: str, spec: ColumnSpec, header: str) -> float:
    words = header.split()
    if spec.name in _OUTCOMES and is_expected(words) and entity in ("leads", "deals", "ad_spend", "refunds"):
        rest = [word for word in words if not is_expected([word])]
        return min(_ONLY_EXPECTED, _by_words(entity, spec, " ".join(rest)))
    return _by_words(entity, spec, header)


def _by_words(entity: str, spec: ColumnSpec, header: str) -> float:
    names = vocabulary().names(entity, spec.name)
    words = [word for word, _ in groupby(header.split())]  # `Deal - Deal closed on`
    if set(words) & _ASKED:  # `What's your email?`
        words = [word for word in words if word not in _ASKED | _ASKING]
    if not words:
        return 0.0
    whole = joined(" ".join(words))
    if whole == joined(plain(spec.name)):
        return 10.5
    runs = [joined(name) for name in names]
    if whole in runs:
        return max(9.05, 10 - 0.04 * runs.index(whole))
    if spec.name == "platform_conversions" and _NO_COUNT & set(words):
        return 0.0
    short = _without_entity(entity, words)
    if short != words and joined(" ".join(short)) in runs and " ".join(short) not in ("total", "value"):
        return max(8.05, 9 - 0.04 * runs.index(joined(" ".join(short))))
    if spec.name == "currency" and len(words) > 1 and words[-1] in ("currency", "code") and "currency" in words:
        return 5.0
    allowed = {"bid"} if entity == "deals" else set[str]()  # what is offered for a deal is its amount
    if (spec.name in _MONEY or spec.name == "spend") and (vocabulary().derived | _COUNTS) & (set(words) - allowed):
        return 0.0
    if spec.data_type not in _TIMED and _TIME_WORDS & set(" ".join(words).replace("one time", "once").split()):
        return 0.0
    if spec.data_type == "text" and _COUNTED & set(words):
        return 0.0
    if spec.name.endswith("_id") and _TITLES & set(words):
        return 0.0
    if "id" in words and not spec.name.endswith("_id"):
        return 0.0
    return max((_partly(name, words) - 0.02 * order for order, name in enumerate(names)), default=0.0)


def _without_entity(entity: str, words: list[str]) -> list[str]:
    named = {word for name in vocabulary().entities[entity].named for word in name.split()}
    return [word for word in words if word not in named] or words


def _partly(name: str, words: list[str]) -> float:
    """A header that holds all words of a name side by side: the more of it they are, the better."""
    parts = name.split()
    if (_ASPECTS & set(words)) - set(parts):
        return 0.0
    if len(parts) == 1 and (name in _GENERAL or len(name) < 4):
        return 0.0
    held = any(words[at : at + len(parts)] == parts for at in range(len(words)))
    return 4 + 3 * len(parts) / len(words) if held and 3 * len(parts) >= len(words) else 0.0


def _possible(spec: ColumnSpec, column: Column) -> bool:
    """Whether most values could be of the type at all."""
    if spec.name == "currency":
        return _holds_currencies(column)
    if spec.data_type in ("date", "timestamp", "month") and column.filled:
        in_words = column.periods if spec.name in ("date", "month") else 0.0
        if column.are_serials or (spec.data_type == "timestamp" and column.are_epochs):
            return True
        return max(in_words, column.share(spec.data_type)) >= 0.5
    if column.filled and (spec.name.endswith("_id") or spec.personal == "phone") and column.is_damaged:
        return False
    if spec.name in ("lead_id", "deal_id", "person_id", "campaign_id") and column.emails > 0.5:
        return False
    if spec.name.endswith("_id") and any(not value.isdigit() for value in column.some):  # `Lead erstellt` is no id
        return column.share("timestamp") < 0.9
    if spec.name == "probability":
        shares = [value for value in column.some if re.fullmatch(r"\d{1,3}([.,]\d+)? ?%?", value)]
        return len(shares) >= len(column.some) / 2
    if spec.personal == "name":
        return not column.filled or sum(any(c.isdigit() for c in v) for v in column.some) <= len(column.some) / 2
    if spec.personal == "phone":
        return not column.filled or sum(sum(c.isdigit() for c in v) >= 5 for v in column.some) > len(column.some) / 2
    if spec.name == "stage":
        if (
            plain(column.name) in ("state", "estado", "staat", "stato") and column.filled
        ):  # of a country, rather than of a deal
            return any(plain(value) in vocabulary().stages for value in column.meant)
        return len(column.meant) <= 100
    if spec.name in ("channel", "owner", "platform", "product", "cost_type", "department", "lead_quality"):
        return not column.filled or column.share("timestamp") < 0.5
    return spec.data_type == "text" or column.share(spec.data_type) >= 0.5


def _holds_currencies(column: Column) -> bool:
    """Codes, signs or labels, each of which could be one."""
    return all(
        currency_code(value) or value.lower() in AMBIGUOUS or (len(value) <= 3 and not value.isdigit())
        for value in column.meant
    )
