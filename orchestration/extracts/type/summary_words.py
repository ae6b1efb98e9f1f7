"""What lines call themselves that only add up others or close a report, as patterns for lower-case text."""

from functools import cache

from orchestration.extracts.type.months import month_numbers

_TOTAL = (
    r"(?:grand |sub[- ]?|overall |account )?totals?|sum|summe|gesamt(?:summe|ergebnis)?|insgesamt|zwischensumme|"
    r"total geral|total general|totales|totais|suma(?: total)?|soma|somme|totaux|overall|summary|"
    r"(?:общий |промежуточный )?итог(?:о|и)?|всего|сумма|"
    # French, Portuguese and Spanish with their accents, German, Dutch, Italian
    r"total général|total global|sous-total|total parcial|ergebnis|teilergebnis|endsumme|(?:eind|sub)?totaal|"
    r"(?:sub)?totale(?: complessivo)?|somma|"
    # Swedish, Norwegian, Danish, Finnish, Polish, Czech, Hungarian, Romanian, Turkish, Ukrainian, Greek, Vietnamese
    r"totalt|summa|totalsumma?|delsumma?|i alt|sammanlagt|yhteensä|(?:loppu|väli|kokonais)summa|"
    r"razem|suma (?:końcowa|częściowa|pośrednia)|ogółem|łącznie|celkem|celkový součet|součet|mezisoučet|"
    r"összesen|végösszeg|részösszeg|(?:genel |ara )?toplam|усього|разом|(?:загальний )?підсумок|"
    r"(?:γενικό |μερικό )?σύνολο|tổng(?: cộng)?|jumlah|"
    # Japanese, Chinese, Korean
    r"合計|総計|小計|計|总计|合计|總計|小计|汇总|합계|총계|총합계|소계"
)
_YEAR = r"(?:19|20)\d\d(?:[-./]\d\d)?"
_OF_IT = r"(?:total|итог|итого|gesamt|ergebnis|summe|suma|totale|totaal|toplam|合計) *$"
# A campaign may be called so, too: `Brand 2026 Gesamt`, `Q1-2026 - Total`.
_LIKE_OF_PERIOD = rf"^\S{{0,12}}[ .-]?{_YEAR}\W{{1,3}}{_OF_IT}"
_COUNTED = r"(?: (?:rows|records|leads|deals|campaigns|строк|записей|лидов|сделок|кампаний))?"


@cache
def whole_label() -> str:
    """The whole cell, or the word and what is totalled after a mark: `Total: Search`, `Grand Totals (4 records)`.

    As books write it below each customer, too, `Total for Big Corp`, and pivot tables below each month, quarter, week
    or year, `Jan 2026 Total`, `2026 Ergebnis`.
    """
    months = "|".join(sorted(month_numbers()))
    period = rf"(?:(?:(?:{months})\.?|q[1-4]|(?:kw|cw|w|week|woche|нед|неделя)\.? ?\d{{1,2}})[ ./-]?)?"
    return rf"^(?:{_TOTAL}){_COUNTED}\s*(?:[:(=–—-].*|for .*)?$|^{period}{_YEAR} {{1,3}}{_OF_IT}"


# Words after it (`Total May`) may also be the name of a campaign: the numbers must tell.
LABEL = rf"^(?:{_TOTAL})(?:\W|$)|{_LIKE_OF_PERIOD}"
# Two words beside one another: no id, no day, no number.
PROSE = r"\p{L}{2,}[^\p{L}\p{N}]+\p{L}{2,}|©"
# Lines below the data that say who made the report, and for whom it is.
_CLOSING = (
    r"^©|^copyright\b|^\(c\) ?\d|^generated (?:by|on|at)\b|^report generated\b|^exported (?:by|on|at)\b|"
    r"^confidential\b|all rights reserved|^отч[её]т (?:сформирован|создан)|^сформирован|^erstellt (?:von|am)\b|"
    r"^\d+ (?:rows?|records?|results?|строк|записей)$"
)
FOOTER = rf"{_CLOSING}|^(?:{_TOTAL}){_COUNTED}\s*[:(]"
# Whatever may be one of these, in cells as they are written: blanks before them, capitals. Each file asks it of each of
# its texts, and to make the pattern takes a small one longer than to ask: no word is in it twice.
ANY = "(?i)" + f"{LABEL}|{_CLOSING}".replace("^", "^ *")
