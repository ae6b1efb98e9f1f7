"""What is right of each export in ../shared/data/exports: the figures of its README, and what must be said of it."""

from dataclasses import dataclass

from orchestration.extracts.sources import SHEETS

Figures = tuple[str, str, tuple[object, ...]]
SPEND = "count(*), sum(spend), sum(impressions), sum(clicks)"
MONEY = "count(*), sum(amount)"


@dataclass(frozen=True)
class Case:
    """One folder, added as a new user would.

    `landed`: entity and expressions over its raw rows, with what they give. `says`: doubts that must stop `--yes` (then
    accepted); `notes`: what must be said without stopping; `refused`: reasons why a run will refuse rows. `won`: the
    stages that must mean won. `source`: the connector that it must be known as. `wrong`: why it is known to be wrong
    still.
    """

    folder: str
    landed: tuple[Figures, ...] = ()
    says: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    won: tuple[str, ...] | None = None
    source: str = SHEETS
    wrong: str | None = None

    @property
    def verdict(self) -> str:
        """What becomes of it if all of this holds."""
        return "doubted aloud" if self.says else "refused with the way out" if self.refused else "right"


def where(condition: str, *expressions: str) -> str:
    """Expressions over the rows of a condition."""
    return ", ".join(f"{expression} filter (where {condition})" for expression in expressions)


CASES = (
    Case("01-google-ads-campaign-report", notes=("as its title says", "add a file of `fx_rates`"),
         refused=("INR has no rate to EUR",), landed=(
        ("ad_spend", SPEND, (8, "5778.39", 81818, 5044)),
        ("ad_spend", where("currency = 'INR'", "sum(spend)", "sum(impressions)", "sum(clicks)", "min(start_date)",
                           "max(end_date)"), ("2565.93", 46168, 2061, "2025-07-08", "2025-07-31")))),
    Case("02-shopify-orders", notes=("is a refund of it", "further lines of an order"),
         won=("paid", "partially_refunded", "refunded"), landed=(
        ("deals", MONEY, (6, "3225")),
        ("deals", where("stage in ('paid', 'partially_refunded', 'refunded')", "count(*)", "sum(amount)"), (4, "2315")),
        ("refunds", MONEY, (2, "385")),
        ("deal_lines", "count(*), sum(units)", (8, "19")))),
    Case("03-stripe-payments", notes=("is in UTC", "is a refund of it"), won=("Paid", "Refunded"), landed=(
        ("deals", "count(distinct deal_id)", (8,)),
        ("deals", where("stage <> 'Failed'", "count(*)", "sum(amount)", "min(created_at)", "max(created_at)"),
         (5, "480", "2025-12-14 02:34:46+00", "2026-04-10 03:48:02+00")),
        ("refunds", MONEY + ", min(refunded_at), max(refunded_at)",
         (2, "110", "2026-01-17 22:05:40+00", "2026-02-01 22:05:40+00")))),
    Case("04-facebook-lead-ads", landed=(
        ("leads", "count(*), min(lead_id), min(created_at)", (5, "1062269359945847", "2026-08-31 19:34:12+00")),
        ("leads", where("campaign_id = '120243641616090734'", "count(*)"), (3,)),
        ("leads", where("utm_medium = 'paid_social'", "count(*)"), (4,)))),
    Case("05-meta-leads-center", landed=(
        ("leads", "count(*), " + where("created_at >= '2021-02-01'", "count(*)"), (5, 4)),)),
    Case("06-crm-month-names", notes=("each row is its own record", "PPC budget USD"), won=("Closed Won",), landed=(
        ("deals", "count(*), " + where("month(created_at) = 4", "count(*)"), (12, 5)),
        ("deals", where("stage = 'Closed Won' and month(closed_at) = 4", "count(*)"), (2,)),
        ("deals", where("stage = 'Closed Lost' and month(closed_at) = 4", "count(*)"), (3,)))),
    Case("07-hubspot-mdy-hyphens", won=("Closed Won",), landed=(
        ("deals", where("stage = 'Closed Won'", "count(*)", "min(closed_at)", "max(closed_at)"),
         (5, "2017-09-26", "2020-02-07")),
        ("deals", where("stage = 'Closed Won' and closed_at >= '2020-01-01'", "min(closed_at)"), ("2020-01-14",)))),
    Case("08-meta-ads-manager", refused=("BRL has no rate to EUR",), landed=(
        ("ad_spend", where("currency = 'EUR'", "sum(spend)", "sum(impressions)", "sum(clicks)", "min(start_date)",
                           "max(end_date)"), ("900.06", 63441, 1304, "2026-05-01", "2026-05-31")),
        ("ad_spend", where("currency = 'BRL'", "sum(spend)", "sum(impressions)", "count(distinct date)"),
         ("1333.26", 17710, 2)))),
    Case("09-dates-us-eu", says=("may be day or month first", "mixes day first and month first")),
    Case("10-pipedrive-export", landed=(
        ("deals", "count(*), " + where("status = 'Won'", "count(*)", "sum(amount)", "max(closed_at)"),
         (6, 3, "12000", "2026-04-11 07:00:00+00")),
        ("deals", where("status = 'Lost'", "count(*)", "min(closed_at)"), (1, "2026-04-02 07:00:00+00")))),
    Case("11-shared-contact-details", notes=(
        "values of Email are shared by several people", "values of Phone Number are shared"), landed=(
        ("leads", "count(*), count(distinct _full_name_hash)", (14, 13)),)),
    Case("12-xlsx-messy", notes=("whose last digits are lost",), landed=(
        ("ad_spend", SPEND, (4, "417.75", 12300, 186)),
        ("leads", "count(campaign_id)", (0,)),
        ("ad_spend", where("channel = 'Google Ads'", "sum(spend)"), ("255.5",)),
        ("leads", "count(*), min(created_at), cast(max(created_at) as date)",
         (3, "2026-03-01 09:30:00+00", "2026-03-03")))),
    Case("13-decimals", says=("1.250 in Amount may be a whole", "1,250 in Amount may be a whole"), landed=(
        ("deals", where("_file like '%_de.csv'", "sum(amount)"), ("17650",)),
        ("deals", where("_file like '%_point.csv'", "sum(amount)"), ("337.1",)),
        ("deals", where("_file like '%_quoted.csv'", "sum(amount)"), ("5650",)))),
    Case("14-russian", refused=("RUB has no rate to EUR",), landed=(
        ("ad_spend", "count(*), sum(spend), " + where("date = '2024-01-08'", "sum(spend)"), (3, "3678.26", "1333.26")),
        ("deals", "count(*), count(closed_at), max(cast(closed_at as date))", (4, 3, "2024-03-01")),
        ("deals", where("stage = 'Успешно реализовано'", "sum(amount)", "min(cast(closed_at as date))"),
         ("135000", "2024-01-09")))),
    # What the links say is read from them by the run (tests/dbt_project): it needs them whole.
    Case("15-landing-page-utm", landed=(
        ("leads", "count(*), count(landing_page), count(channel)", (7, 7, 0)),
        ("leads", where("contains(landing_page, 'gclid=')", "count(*)"), (2,)))),
    Case("17-mixed-currencies", notes=("each row counts in its own currency",), landed=(
        ("deals", "count(distinct currency), " + where("currency = 'EUR'", "sum(amount)"), (4, "1000")),)),
    Case("18-excel-ids", notes=("a spreadsheet broke its long numbers",), landed=(
        ("ad_spend", where("_file like '%.csv' and campaign_name = 'Prospecting'", "sum(spend)", "count(campaign_id)"),
         ("210", 0)),
        ("ad_spend", where("_file like '%.json'", "min(campaign_id)", "max(campaign_id)"),
         ("120243641616090734", "120243641616090735")))),
    Case("19-wide-spend-tracker", says=("calls itself a budget or plan",), landed=(
        ("ad_spend", "sum(spend), min(start_date), max(end_date)", ("6950", "2026-01-01", "2026-03-31")),
        ("marketing_costs", where("channel = 'Google Ads' and month = '2026-01-01'", "sum(amount)"), ("1200",)))),
    Case("20-dst", landed=(
        ("leads", "count(*), " + where("created_at < '2024-04-01'", "count(*)"), (5, 2)),
        ("leads", where("created_at >= '2024-12-30 23:00' and created_at < '2024-12-31 23:00'", "count(*)"), (1,)))),
    Case("21-line-ends", landed=(("leads", "count(*), " + where("stage = 'Qualified'", "count(*)"), (3, 1)),)),
    Case("22-negative-orders", says=("amounts of both signs",), landed=(("deals", MONEY, (5, "224.5")),)),
    Case("23-downloaded-twice", says=("have 3 days of the same campaigns in common: spend of 300",)),
    Case("24-hubspot-ui-exports", won=("Closed won",), landed=(
        ("deals", where("stage = 'Closed won'", "sum(amount)", "min(lead_id)"), ("17500.5", "8001;8002")),
        ("leads", "count(*), count(channel)", (4, 4)))),
    Case("25-salesforce-report", won=("Closed Won",), landed=(
        ("deals", "count(*), " + where("stage = 'Closed Won'", "sum(amount)", "min(closed_at)", "max(closed_at)"),
         (4, "2034.5", "2026-03-15", "2026-04-05")),)),
    Case("26-microsoft-ads-ui", notes=("as the title's period proves",), landed=(
        ("ad_spend", SPEND + ", min(date), max(date)", (4, "228.05", 19800, 285, "2026-01-05", "2026-01-07")),)),
    Case("27-linkedin-utf16", source="linkedin_ads_report", landed=(
        ("campaigns", "count(*), sum(total_spent), sum(impressions), sum(clicks), max(date)",
         (3, "1170", 10200, 63, "2026-01-06")),
        ("campaigns", where("date = '2026-01-05'", "sum(total_spent)"), ("1050.25",)))),
    Case("28-callrail", landed=(
        ("leads", "count(*), count(phone_hash), count(full_name_hash), max(created_at)",
         (5, 3, 1, "2026-04-01 03:30:00+00")),)),
    Case("29-currency-words", refused=("USD has no rate to EUR",), landed=(
        ("deals", where("coalesce(currency, 'EUR') = 'EUR'", "count(*)", "sum(amount)"), (5, "1700")),
        ("deals", where("currency = 'USD'", "sum(amount)"), ("400",)))),
    Case("30-spend-by-week", notes=("each row stands for a week", "each row stands for a month"), landed=(
        ("ad_spend", "count(*), sum(spend), min(start_date), max(end_date)",
         (6, "3390", "2026-01-01", "2026-02-28")),)),
    Case("31-leading-zeros", says=("lost its noughts in front",)),
    Case("32-number-styles", refused=("CHF has no rate", "INR has no rate"), landed=(
        ("ad_spend", where("currency = 'CHF'", "sum(spend)"), ("2221.55",)),
        ("ad_spend", where("currency = 'INR'", "sum(spend)"), ("1358023.5",)))),
    # Their blocks name no system, so each has one of its own: lead 1 of the one is not lead 1 of the other.
    Case("33-two-systems-same-ids", landed=(
        ("leads", "count(*), count(distinct (source, lead_id)), count(distinct email_hash)", (6, 6, 6)),)),
    Case("34-lead-ads-and-spend", landed=(
        ("ad_spend", where("campaign_id = '120243641616090734'", "sum(spend)"), ("150",)),)),
    Case("35-estimated-beside-actual", landed=(
        ("deals", where("stage = 'Won'", "sum(amount)", "min(closed_at)", "max(closed_at)"),
         ("1200", "2026-02-10", "2026-03-02")),)),
    Case("36-three-decimals", notes=("since thousands bear no mark",), landed=tuple(
        ("ad_spend", where(f"_file like '%{name}%'", "sum(spend)"), (right,))
        for name, right in (("kwd", "5.13"), ("comma3", "5.375"), ("semicolon_iso", "16.75"),
                            ("threedigits", "16750")))),
    Case("37-customer-names", notes=("leave raw only as keyed hashes",), landed=(
        ("deals", MONEY + ", count(distinct customer_id)", (5, "380", 4)),
        ("deals", where("customer_id not like 'person-%'", "count(*)"), (0,)))),
)  # fmt: skip
