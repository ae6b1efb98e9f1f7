"""The charts as Vega-Lite specifications; the page puts in the rows of the chosen period.

Colours are the page's CSS variables, so that a chart changes with the theme and prints light. Numbers are written by
the page's own formats: `kpi` takes a unit of `dim_kpi`.
"""

from typing import Any

import altair as alt

FONT = 'system-ui, "Segoe UI", "Helvetica Neue", Arial, sans-serif'


def chart_specs() -> dict[str, dict[str, Any]]:
    """Return the specification of each chart by name; its rows are named `rows`."""
    return {"bridge": _specification(_bridge()), "curves": _specification(_curves())}


def _specification(chart: alt.LayerChart | alt.FacetChart) -> dict[str, Any]:
    styled = (
        chart.properties(width="container", autosize=alt.AutoSizeParams(type="fit-x", contains="padding"))
        .configure(background="transparent", font=FONT, customFormatTypes=True)
        .configure_view(stroke=None)
        .configure_axis(
            labelColor="var(--muted)", titleColor="var(--muted)", gridColor="var(--line)", domainColor="var(--line)",
            tickColor="var(--line)", labelFontSize=12, titleFontSize=12, titleFontWeight="normal", labelPadding=6,
        )
    )  # fmt: skip
    specification: dict[str, Any] = styled.to_dict()
    return specification


def _bridge() -> alt.LayerChart | alt.FacetChart:
    """Waterfall from one period to the other, a row for each factor, in the colour of whose lever it is."""
    base = alt.Chart(alt.NamedData("rows")).encode(
        y=alt.Y("label:N", sort=None, title=None).axis(
            labelColor="var(--ink)", labelLimit=230, labelFontSize=13, ticks=False, domain=False, grid=False
        ),
        tooltip=[alt.Tooltip("label:N", title=" "), alt.Tooltip("text:N", title="Δ")],
    )
    bars = base.mark_bar(height={"band": 0.62}, cornerRadius=2).encode(
        x=alt.X("low:Q", title=None)
        .axis(formatType="kpi", format="currency", tickCount=5, labelBound=True)
        .scale(domainMin=alt.ExprRef("left_end"), domainMax=alt.ExprRef("right_end"), nice=False),
        x2="high:Q",
        color=alt.Color("kind:N", legend=None).scale(
            domain=["total", "marketing", "sales", "nobody"],
            range=["var(--total)", "var(--marketing)", "var(--sales)", "var(--muted)"],
        ),
    )
    right = base.transform_filter("datum.value >= 0").mark_text(align="left", dx=6, fill="var(--ink)", fontSize=12)
    left = base.transform_filter("datum.value < 0").mark_text(align="right", dx=-6, fill="var(--ink)", fontSize=12)
    zero = alt.Chart().mark_rule(stroke="var(--muted)").encode(x=alt.datum(0))
    # the page sets both ends: beside the bars there must be room for their figures
    return (
        alt.layer(bars, zero, right.encode(x="high:Q", text="text:N"), left.encode(x="low:Q", text="text:N"))
        .add_params(alt.param(name="left_end", value=0), alt.param(name="right_end", value=1))
        .properties(height=300)
    )


def _curves() -> alt.LayerChart | alt.FacetChart:
    """Share of a cohort won by age with its interval, beside the cohorts before it."""
    series = ["current", "previous_period", "previous_year"]
    base = alt.Chart(alt.NamedData("rows")).encode(
        x=alt.X("age_days:Q", title=None).axis(grid=False, tickCount=8).scale(nice=False),
    )
    band = (
        base.transform_filter("datum.series === 'current'")
        .mark_area(interpolate="step-after", fill="var(--accent)", opacity=0.18)
        .encode(y="conversion_low:Q", y2="conversion_high:Q")
    )
    lines = base.mark_line(interpolate="step-after").encode(
        y=alt.Y("conversion:Q", title=None).axis(formatType="kpi", format="share", tickCount=5, domain=False),
        color=alt.Color("series:N", legend=None).scale(
            domain=series, range=["var(--accent)", "var(--muted)", "var(--muted)"]
        ),
        strokeDash=alt.StrokeDash("series:N", legend=None).scale(domain=series, range=[[1, 0], [6, 4], [2, 3]]),
        strokeWidth=alt.StrokeWidth("series:O", legend=None).scale(domain=series, range=[2.5, 1.5, 1.5]),
    )
    points = base.mark_point(opacity=0, size=120).encode(
        y="conversion:Q", tooltip=[alt.Tooltip("label:N", title=" "), alt.Tooltip("text:N", title=" ")]
    )
    return alt.layer(band, lines, points).properties(height=300)
