"""Reports and shops in Dutch, Italian, Polish, Swedish, Czech, Turkish and Japanese: what lands of them."""

from typing import Any

import pytest

from tests.orchestration.add_source.conftest import Company

SPEND = "count(*), sum(spend), sum(impressions), sum(clicks), min(currency), min(campaign_name)"
META = {
    "nl": "Campagnenaam,Weergavestatus,Weergaven,Resultaten,Besteed bedrag (PLN),Klikken op link,Start rapportage,"
    "Einde rapportage",
    "it": "Nome della campagna,Pubblicazione,Impression,Risultati,Importo speso (PLN),Clic sul link,Inizio dei report,"
    "Fine dei report",
    "pl": "Nazwa kampanii,Emisja,Wyświetlenia,Wyniki,Wydana kwota (PLN),Kliknięcia linku,Początek raportowania,"
    "Koniec raportowania",
    "tr": "Kampanya Adı,Yayın,Gösterimler,Sonuçlar,Harcanan Tutar (PLN),Bağlantı Tıklamaları,Rapor Başlangıcı,"
    "Rapor Bitişi",
    "ru": "Название кампании,Показ кампании,Показы,Результаты,Сумма затрат (PLN),Клики по ссылке,"
    "Дата начала отчетности,Дата окончания отчетности",
    "ja": "キャンペーン名,配信,インプレッション,結果,消化金額 (PLN),リンクのクリック,レポート開始日,レポート終了日",
}
GOOGLE = {
    "nl": ("Dag;Campagne;Valutacode;Vert.;Klikken;Kosten;Conversies", "1.250", "1.012,50"),
    "it": ("Giorno;Campagna;Codice valuta;Impr.;Clic;Costo;Conversioni", "1.250", "1.012,50"),
    "pl": ("Dzień;Kampania;Kod waluty;Wyśw.;Kliknięcia;Koszt;Konwersje", "1 250", "1 012,50"),
    "sv": ("Dag;Kampanj;Valutakod;Exponeringar;Klick;Kostnad;Konverteringar", "1 250", "1 012,50"),
    "cs": ("Den;Kampaň;Kód měny;Zobr.;Kliknutí;Cena;Konverze", "1 250", "1 012,50"),
    "tr": ("Gün;Kampanya;Para birimi kodu;Göst.;Tıklamalar;Maliyet;Dönüşümler", "1.250", "1.012,50"),
    "ja": ("日;キャンペーン;通貨コード;表示回数;クリック数;費用;コンバージョン", "1,250", "1,012.50"),
}


@pytest.mark.parametrize("language", META)
def test_an_export_of_meta(company: Company, language: str) -> None:
    rows = "Spring,active,1250,3,12.50,40,2026-03-01,2026-03-01\nSpring,active,1350,3,13.50,41,2026-03-02,2026-03-02\n"
    company.add(company.write("export.csv", f"{META[language]}\n{rows}"))
    figures = company.figures("ad_spend", SPEND + ", min(start_date), max(end_date)")
    assert figures == (2, "26", 2600, 81, "PLN", "Spring", "2026-03-01", "2026-03-02")


@pytest.mark.parametrize("language", GOOGLE)
def test_a_report_of_google(company: Company, language: str) -> None:
    header, impressions, cost = GOOGLE[language]
    rows = f"2026-03-01;Brand;CZK;{impressions};40;{cost};3\n2026-03-02;Brand;CZK;350;41;13;3\n"
    company.add(company.write("export.csv", f"{header}\n{rows}"))
    figures = company.figures("ad_spend", SPEND + ", min(date), max(date)")
    assert figures == (2, "1025.5", 1600, 81, "CZK", "Brand", "2026-03-01", "2026-03-02")


@pytest.mark.parametrize(
    ("content", "days"),
    [
        ("Numero ordine;Data;Totale;Stato\n1;12 gennaio 2026;1.250,50;Pagato\n2;3 lug 2026;99,00;Annullato\n", "07-03"),
        ("Ordernummer;Datum;Totaal;Status\n1;12 januari 2026;1.250,50;Betaald\n2;3 mrt. 2026;99,00;Geannuleerd\n",
         "03-03"),
        ("Numer zamówienia;Data;Kwota;Status\n1;12 stycznia 2026;1250,50;Opłacone\n2;3 paź 2026;99,00;Anulowane\n",
         "10-03"),
        ("Sipariş No;Tarih;Tutar;Durum\n1;12 Ocak 2026;1.250,50;Ödendi\n2;3 Ağustos 2026;99,00;İptal\n", "08-03"),
        ("Číslo objednávky;Datum;Celkem;Stav\n1;12. ledna 2026;1250,50;Zaplaceno\n2;3. září 2026;99,00;Zrušeno\n",
         "09-03"),
        ("Nr zamówienia;Data;Kwota brutto;Status\n1;12 stycznia 2026;1250,50;Opłacone\n2;3 paź 2026;99,00;Anulowane\n",
         "10-03"),
        ("Номер угоди;Дата;Сума;Етап\n1;12 січня 2026;1250,50;Виграна\n2;3 березня 2026;99,00;Програна\n", "03-03"),
        ("注文番号;注文日;合計;ステータス\n1;2026年1月12日;1250.50;支払済み\n2;2026年3月3日;99.00;キャンセル\n",
         "03-03"),
    ],
)  # fmt: skip
def test_a_shop(company: Company, content: str, days: str) -> None:
    said: dict[str, Any] = company.add(company.write("export.csv", content))
    assert sorted(said["stages"].values()) == ["lost", "won"]
    day = "cast(coalesce(closed_at, created_at) as date)"
    assert company.figures("deals", f"count(*), sum(amount), min({day}), max({day})") == (
        2, "1349.5", "2026-01-12", f"2026-{days}",
    )  # fmt: skip


def test_months_as_columns(company: Company) -> None:
    content = "Kanaal;jan 2026;mrt 2026;mei 2026;Totaal\nGoogle Ads;1.000,00;1.100,00;1.200,00;3.300,00\n"
    company.add(company.write("spend.csv", content))
    assert company.figures("ad_spend", "count(*), sum(spend), max(end_date)") == (3, "3300", "2026-05-31")


def test_yen_have_no_parts(company: Company) -> None:
    """Beside impressions without a mark, 1,500 yen were one and a half."""
    content = (
        '日,キャンペーン名,インプレッション,消化金額 (JPY)\n2026-04-01,春,5000,"1,500"\n2026-04-02,春,5100,"1,600"\n'
    )
    company.add(company.write("export.csv", content))
    assert company.figures("ad_spend", "sum(spend), sum(impressions)") == ("3100", 10100)


def test_counts_without_marks_prove_little(company: Company) -> None:
    """A sheet in which only the money is formatted: nothing says that 1,500 has decimals, and it is more likely not."""
    content = 'Date,Campaign,Impressions,Cost\n2026-04-01,A,5000,"1,500"\n2026-04-02,A,5100,"1,600"\n'
    said = company.refused(company.write("export.csv", content))
    assert "1,500 in Cost may be a whole number or have three decimals" in said["message"]


@pytest.mark.parametrize("name", ["mediabudget.csv", "Budgetplan 2026.csv"])
def test_a_budget_in_one_word(company: Company, name: str) -> None:
    said = company.refused(company.write(name, "Kanaal;jan 2026;mrt 2026\nGoogle Ads;1.000,00;1.100,00\n"))
    assert "calls itself a budget or plan" in said["message"]


@pytest.mark.parametrize(
    "header",
    [
        "Monat,Kostenart,Betrag",
        "Maand,Kostensoort,Bedrag",
        "Mese,Categoria,Importo",
        "Miesiąc,Kategoria,Kwota",
        "Mes,Concepto,Importe",
        "月,費目,金額",
    ],
)
def test_costs_by_month(company: Company, header: str) -> None:
    company.add(company.write("export.csv", f"{header}\n202603,Agency,3100\n202604,Agency,2800\n"))
    assert company.figures("marketing_costs", "sum(amount), min(month)") == ("5900", "2026-03-01")
