"""What an amount is for: once, or each month or year again. Amounts of both kinds add up to nothing."""

import re

from orchestration.add_source.guess import Guess, is_sold
from orchestration.add_source.proposal import Proposal
from orchestration.add_source.vocabulary import plain

_SPANS = {
    "once": "once|one time|onetime|one off|non recurring|fixed|einmalig|einmal|unico|pago unico|una vez|unique|"
    "ponctuel|una tantum|разово|разовый|разовая|единоразово|одноразово|jednorazowo|jednorazowa|tek seferlik|eenmalig",
    "month": "monthly|month|per month|mtl|monatlich|pro monat|mensual|mensuel|mensuelle|mensile|mensal|ежемесячно|"
    "в месяц|щомісячно|щомісяця|miesiecznie|miesieczna|aylik|maandelijks",
    "quarter": "quarterly|quarter|per quarter|quartalsweise|vierteljahrlich|trimestral|trimestriel|trimestrale|"
    "kwartalnie",
    "year": "yearly|annual|annually|year|per year|jahrlich|pro jahr|anual|annuel|annuelle|annuale|ежегодно|в год|"
    "щорічно|rocznie|roczna|yillik|jaarlijks",
    "week": "weekly|week|per week|wochentlich|semanal|hebdomadaire|settimanale|еженедельно|tygodniowo|haftalik",
    "recurring": "recurring|subscription|wiederkehrend|recurrente|recurrent|ricorrente|подписка|підписка|abonament",
}
_MEANT = {word: span for span, words in _SPANS.items() for word in words.split("|")}
# of all that is billed by and by
_WHOLE = {"total", "tcv", "contract", "gesamt", "gesamtwert", "totale", "suma", "итого"}
_PER_SPAN = re.compile(r"\b(?:mrr|arr|monthly|per month|monatlich\w*|mtl|mensual|mensuel\w*|mensal|ежемесячн\w*)\b")


def doubt_spans(made: Proposal) -> None:
    """Doubt amounts of which a column beside them says that some are for a month and others for a year or for once."""
    if made.entity != "deals" or "amount" not in made.fields:
        return
    amount = made.fields["amount"]
    named = {
        name: column for name, column in made.fields.items() if name == "deal_id"
    }  # a day of winning sells nothing
    if _WHOLE & set(plain(amount).split()) or is_sold(made.look, Guess("deals", 0.0, named)):
        return  # what was paid is what came, however often it is billed
    for column in made.look.columns:
        spans = {_MEANT.get(plain(value)) for value in column.meant}
        if column.name == amount or None in spans or len(spans) < 2:
            continue
        shown = ", ".join(sorted(column.meant)[:4])
        made.doubt(
            f"{column.name} says what {amount} is for ({shown}): amounts for a month, a year and for once add up alike",
            "bring them to one span, such as the value of the whole contract, or leave some out under `where`",
        )
        return
    if _PER_SPAN.search(plain(amount)):
        made.note(f"{amount} says what comes in each month or year: it counts once, when the deal is won")
