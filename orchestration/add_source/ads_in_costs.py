"""Money spent on ads that a file of costs holds as well: full cost adds both, so it would count twice."""

from orchestration.add_source.proposal import Proposal
from orchestration.add_source.vocabulary import joined, plain, vocabulary

_ADS = {
    "ads", "ad spend", "adspend", "ad costs", "advertising", "online advertising", "digital advertising", "paid ads",
    "paid media", "media spend", "media budget", "ppc", "sem", "paid search", "paid social", "werbung",
    "online werbung", "werbekosten", "anzeigen", "publicidad", "publicidad online", "publicidade", "publicite",
    "publicite en ligne", "pubblicita", "reklama", "reklam", "реклама", "контекстная реклама", "таргет",
    "таргетированная реклама", "интернет реклама",
}  # fmt: skip
_WORK = {"agency", "agentur", "fee", "fees", "management", "tool", "tools", "creative", "production", "агентство"}


def doubt_ads(made: Proposal, has_spend: bool) -> None:
    """Kinds of costs that are ads: beside a source of ad spend doubted, else noted."""
    if made.entity != "marketing_costs" or "cost_type" not in made.fields:
        return
    column = made.look.column(made.fields["cost_type"])
    ads = [value for value in sorted(column.meant) if _is_ads(value)]
    if not ads:
        return
    shown, listed = ", ".join(map(repr, ads[:4])), ", ".join(ads)
    change = f"`where: {{not: {{{column.name}: [{listed}]}}}}` leaves such rows out"
    if has_spend:
        made.doubt(f"{column.name} holds {shown}: what ads cost comes as ad spend, too, and would count twice", change)
    else:
        made.note(
            f"{column.name} holds {shown}: once ad spend comes from the platforms, it would count twice; {change}"
        )


def _is_ads(value: str) -> bool:
    words = plain(value)
    if set(words.split()) & _WORK:
        return False
    platforms = {name for names in vocabulary().platforms.values() for name in names}
    named = any(f" {name} " in f" {words} " for name in platforms if name.endswith(" ads") or name == "adwords")
    return named or words in _ADS or joined(words) in map(joined, platforms)
