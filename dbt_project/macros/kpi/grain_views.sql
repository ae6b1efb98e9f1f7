{#-
  Views of a KPI table, one for each grain (kpi_by_channel: kpi_month_by_channel …), so that a sum over one is never a
  sum over five grains. Counts and money in types that tools show well; the table keeps the exact decimals. A post-hook
  of the tables: none of these views is a model, each is described by the columns of its table.
-#}
{% macro grain_views(members=[]) -%}
    {%- set catalogue = kpi_catalogue() %}
    {%- for grain in ['day', 'week', 'month', 'quarter', 'year'] %}
    {%- set name = this.identifier | replace('kpi_', 'kpi_' ~ grain ~ '_', 1) -%}
    {%- set view = api.Relation.create(database=this.database, schema=this.schema, identifier=name) %}
    create or replace view {{ view }} as
    select
        period_start,
        period_end,
        is_complete,
        {%- for member in members %}
        {{ member }},
        {%- endfor %}
        {%- for kpi in catalogue %}
        {{ shown_well(kpi) }} as {{ kpi.id }}{{ ',' if not loop.last }}
        {%- endfor %}
    from {{ this }}
    where grain = '{{ grain }}';
    {{ comment_on_view(view, this.identifier ~ ', ' ~ grain ~ 's only: sums of its additive KPIs are right. Money has two decimals and credited counts are DOUBLE; exact decimals are in ' ~ this.identifier ~ '. Stocks (open_deals, open_pipeline, weighted_pipeline) and ratios are never summed.') }};
    {%- endfor %}
{%- endmacro %}


{#- A KPI as tools show it well: money DECIMAL(18, 2), counts BIGINT, credited counts, ratios and medians DOUBLE. -#}
{% macro shown_well(kpi) -%}
    {%- if kpi_data_type(kpi) == 'bigint' or kpi_data_type(kpi) == 'double' -%}
    {{ kpi.id }}
    {%- else -%}
    cast({{ kpi.id }} as {{ 'decimal(18, 2)' if kpi.unit == 'currency' else 'double' }})
    {%- endif -%}
{%- endmacro %}
