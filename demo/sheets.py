"""What people keep by hand: costs, goals, rates, catalogues, refunds, dealers' orders, LinkedIn's invoice."""

import datetime as dt
from typing import Any

from demo.ads import campaign_days
from demo.dice import Dice
from demo.files import Folder, german, money
from demo.funnel import Funnel
from demo.fx import FxRates
from demo.people import new_person
from demo.story import DAY, Story

Row = list[Any]


def write(folder: Folder, story: Story, rates: FxRates, funnel: Funnel) -> None:
    """Every file under `sheets/`."""
    taken = story.export
    _costs(folder, story)
    _linkedin(folder, story, rates)
    _refunds(folder, story, funnel)
    _dealers(folder, story)
    _measurements(folder, story)
    published = [
        [day, currency, f"{rate / 1_000_000:.6f}"] for day, currency, rate in rates.published if day <= taken.date()
    ]
    folder.csv("fx_rates.csv", taken, ["Date", "Currency", "EUR per unit"], published)
    folder.jsonl(
        "products.jsonl",
        taken,
        ({"sku": p.id, "title": p.name, "group": p.category, "margin": p.margin} for p in story.products),
    )
    reps = [[rep.name, rep.name, rep.team, "Katrin Sommer"] for rep in story.reps]
    folder.csv("sales_reps.tsv", taken, ["owner", "name", "team", "manager"], reps, delimiter="\t")
    lines = [
        [deal.id, number, line.product.id, line.units, money(line.price), money(line.discount), money(line.cents)]
        for deal in funnel.deals
        if len(deal.lines) > 1 and deal.created <= taken
        for number, line in enumerate(deal.lines, start=1)
    ]
    header = ["Deal", "Line", "SKU", "Units", "Unit price", "Discount", "Amount"]
    folder.csv("deal_lines.csv", taken, header, lines)


def _costs(folder: Folder, story: Story) -> None:
    """A workbook: what marketing and sales cost besides ads, month by month."""
    rows: list[Row] = [["Month", "Type", "Department", "Channel", "Campaign", "Amount", "Currency"]]
    events = [["From", "To", "Type", "Department", "Channel", "Campaign", "Amount", "Currency"]]
    months = sorted({day.replace(day=1) for day in story.days})
    for number, month in enumerate(months):
        dice = Dice(story.seed, "costs", month)
        raised = 100 + number  # a percent a month
        name = month.strftime("%Y-%m")
        rows += [
            [name, "salaries", "marketing", "", "", 15500 * raised // 100, "EUR"],
            [name, "salaries", "sales", "", "", 27800 * raised // 100, "EUR"],
            [name, "tools", "marketing", "", "", 1450 + 10 * number, "USD"],
            [name, "tools", "sales", "", "", 980 + 6 * number, "USD"],
            [name, "agency", "marketing", "Google Ads", "", 1900, "EUR"],
            [name, "agency", "marketing", "Meta Ads", "", 1100, "EUR"],
            [name, "content", "marketing", "Organic Search", "", round(dice.between(1900, 3100)), "EUR"],
            [name, "content", "marketing", "", "", round(dice.between(300, 700)), "EUR"],
            [name, "email", "marketing", "Email", "", 420, "EUR"],
        ]
    for first, last, title, amount in (
        (dt.date(2023, 10, 24), dt.date(2023, 10, 28), "Orgatec Lab Berlin", 9800),
        (dt.date(2024, 10, 22), dt.date(2024, 10, 25), "Orgatec Köln", 24500),
        (dt.date(2025, 5, 6), dt.date(2025, 5, 8), "New Work Days Hamburg", 8700),
    ):
        events.append([first.isoformat(), last.isoformat(), "events", "marketing", "Events", title, str(amount), "EUR"])
    folder.xlsx(
        "marketing_costs.xlsx",
        story.export,
        {"Costs": rows, "Events": events, "Notes": [["Kept by Lea, updated on Mondays"]]},
    )


def _linkedin(folder: Folder, story: Story, rates: FxRates) -> None:
    """German CSV, a row a week; the last weeks of 2024 once with a credit typed as negative spend."""
    header = ["Kampagne", "Kampagnen-ID", "Von", "Bis", "Impressionen", "Klicks", "Kosten (EUR)"]
    weeks: dict[dt.date, list[int]] = {}
    for day in campaign_days(story, rates, "linkedin", "EUR", 10_000):
        week = weeks.setdefault(day.day - day.day.weekday() * DAY, [0, 0, 0])
        for number, value in enumerate((day.impressions, day.clicks, day.cost // 10_000)):
            week[number] += value
    for year in (2024, 2025):
        rows: list[Row] = []
        for monday, (impressions, clicks, cents) in weeks.items():
            last = monday + 6 * DAY
            if monday.year == year and last < story.export.date():
                spend = "€ " + german(cents)
                rows.append(
                    [
                        "abm_facility_managers",
                        "linkedin-abm",
                        f"{monday:%d.%m.%Y}",
                        f"{last:%d.%m.%Y}",
                        impressions,
                        clicks,
                        spend,
                    ]
                )
        if year == 2024:
            rows.append(["abm_facility_managers", "linkedin-abm", "30.12.2024", "31.12.2024", 0, 0, "-85,00"])
        rows.append([""] * len(header))  # an empty last line, as spreadsheets leave them
        folder.csv(
            f"linkedin_ads_{year}.csv",
            min(dt.datetime(year + 1, 1, 7), story.export),
            header,
            rows,
            delimiter=";",
            bom=True,
        )


def _refunds(folder: Folder, story: Story, funnel: Funnel) -> None:
    """Bookkeeping's list: German CSV, in the deal's own currency."""
    rows = [
        [
            f"GS-{deal.refund.at:%y%m}-{deal.id}",
            deal.id,
            f"{deal.refund.at:%d.%m.%Y}",
            german(deal.refund.cents),
            deal.currency,
        ]
        for deal in funnel.deals
        if deal.refund and deal.refund.at <= story.export
    ]
    header = ["Gutschrift", "Deal", "Datum", "Betrag", "Währung"]
    folder.csv("refunds.csv", story.export, header, rows, delimiter=";", bom=True)


def _dealers(folder: Folder, story: Story) -> None:
    """Orders through specialist dealers: each row is a lead and its deal; offers and test orders are kept out."""
    header = "Auftrag Datum Status Kunde E-Mail Telefon Artikel Menge Betrag Abschluss"
    rows: list[Row] = []
    skus = {"DSK-ONE": "Desk One", "DSK-PRO": "Desk Pro", "CHR-FLOW": "Chair Flow"}
    for day in story.days[:-1:3]:
        dice = Dice(story.seed, "dealers", day)
        for number in range(dice.count(0.8 * story.scale)):
            person = new_person(8_000_000 + len(rows), dice)
            sku = dice.pick(list(skus))
            units = dice.whole(2, 9)
            price = next(p.price for p in story.products if p.id == sku)
            closed = min(day + dice.whole(3, 30) * DAY, story.export.date() - DAY)
            status = dice.weighted(("Bezahlt", "Storniert", "Angebot", "Testauftrag"), (62, 24, 11, 3))
            done = f"{closed:%d.%m.%Y}" if status in ("Bezahlt", "Storniert") else ""
            rows.append(
                [f"A{day:%y%m%d}{number:02d}", f"{day:%d.%m.%Y}", status, person.company or person.last_name,
                 person.email, person.phone_again(1), skus[sku], units, german(units * price * 82), done]
            )  # fmt: skip
    for year in (2023, 2024, 2025):
        part = [row for row in rows if row[1].endswith(str(year))]
        if year == 2024:
            part.insert(
                7,
                [
                    "A24999901",
                    "14.02.2024",
                    "Bezahlt",
                    "Hafenkontor",
                    "#REF!",
                    "",
                    "Desk One",
                    3,
                    "#REF!",
                    "20.02.2024",
                ],
            )
        folder.csv(
            f"dealer_orders_{year}.csv", min(dt.datetime(year + 1, 1, 4), story.export), header, part, delimiter=";"
        )


def _measurements(folder: Folder, story: Story) -> None:
    """What the market study says each quarter."""
    rows, share, aware = [["Date", "KPI", "Value"]], 31, 124
    for day in story.days:
        if day.day == 1 and day.month in (1, 4, 7, 10):
            rows += [
                [day.isoformat(), "market_share", f"{share / 1000}"],
                [day.isoformat(), "brand_awareness", f"{aware / 1000}"],
            ]
            share, aware = share + 1 + day.month % 3, aware + 4 + day.month % 4
    folder.csv("measurements.csv", story.export, rows[0], rows[1:])
