{#- The counts that a row of daily_results may give. -#}
{% macro result_counts() -%}
    {{- return(['impressions', 'clicks', 'visitors', 'leads', 'qualified_leads', 'opportunities', 'won_deals']) -}}
{%- endmacro %}


{#- Measures that come from records of leads, or of deals, alone: where only sums are known they are unknown, not 0. -#}
{% macro measures_of_records() -%}
    {{- return({
        'leads': [
            'contacted_leads', 'qualified_leads', 'opportunities', 'converted_leads', 'sla_due_leads', 'sla_met_leads',
        ],
        'deals': [
            'won_deals', 'won_deals_with_amount', 'won_amount', 'deals_with_units', 'lost_deals', 'new_customers',
            'deals_created', 'pipeline_created', 'units', 'repeat_revenue', 'cross_sell_revenue', 'ltv_gross_profit',
        ],
    }) -}}
{%- endmacro %}


{#- Condition on rows of sums of measures: leads (or deals) are among them that nobody has records of. -#}
{% macro rests_on_sums(kind, relation) -%}
    {%- if kind == 'leads' -%}
    coalesce({{ relation }}.summed_leads, 0) > 0
    {%- else -%}
    coalesce({{ relation }}.summed_won_deals, 0) > 0 or coalesce({{ relation }}.summed_revenue, 0) <> 0
    {%- endif -%}
{%- endmacro %}


{#-
    A measure's sum: null where nobody delivers it (`known`), or where only sums are known that don't give it; else 0
    where there is nothing.
-#}
{% macro filled_measure(measure, relation) -%}
    {%- set guards = [] -%}
    {%- for kind, measures in measures_of_records().items() if measure in measures -%}
        {%- do guards.append(' and not (' ~ relation ~ '.' ~ measure ~ ' is null and (' ~ rests_on_sums(kind, relation) ~ '))') -%}
    {%- endfor -%}
    case
        when known.{{ measure }}{{ guards | join }}
            then cast(coalesce({{ relation }}.{{ measure }}, 0) as {{ kpi_measures()[measure] }})
    end
{%- endmacro %}


{#-
    Of each kind a column `<kind>_recorded`: records (joined by join_records) say what a row of `results` says, or may. They are
    of its channel and campaign; of its channel, and one of the two names no campaign; of its month, and one of the two
    names no channel.
-#}
{% macro recorded(kinds) -%}
    {%- for kind in kinds %}
        (
            {{ kind }}.campaign is not null
            or (
                {{ kind }}_channels.channel is not null
                and (results.campaign = '(none)' or {{ kind }}_channels.some_name_no_campaign)
            )
            or ({{ kind }}_months.month is not null and (results.is_unplaced or {{ kind }}_months.none_names_a_channel))
        ) as {{ kind }}_recorded{{ ',' if not loop.last }}
    {%- endfor %}
{%- endmacro %}


{#- The joins of `results` that `recorded` reads: of each kind its `records`, their channels and months. -#}
{% macro join_records(kinds) -%}
    {%- for kind in kinds %}
    left join records as {{ kind }}
        on
            {{ kind }}.kind = '{{ kind }}'
            and results.month = {{ kind }}.month
            and results.channel = {{ kind }}.channel
            and results.campaign = {{ kind }}.campaign
    left join of_channels as {{ kind }}_channels
        on
            {{ kind }}_channels.kind = '{{ kind }}'
            and results.month = {{ kind }}_channels.month
            and results.channel = {{ kind }}_channels.channel
    left join of_months as {{ kind }}_months
        on {{ kind }}_months.kind = '{{ kind }}' and results.month = {{ kind }}_months.month
    {%- endfor %}
{%- endmacro %}
