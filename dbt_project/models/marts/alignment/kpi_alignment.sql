-- Findings: where marketing and sales work against each other or the data can't be right, with who has the lever.
with periods as (
    select * from {{ ref('int_alignment_periods') }}
),

unanswered as (
    select * from {{ ref('int_alignment_unanswered') }}
),

runs as (
    select * from {{ ref('int_alignment_runs') }}
),

rules as (
    select * from {{ ref('int_alignment_rules') }}
),

workspace as (
    select reporting_currency from {{ source('settings', 'workspace') }}
),

findings as (
    select * from periods
    union all
    select * from unanswered
    union all
    select * from runs
),

-- in the evidence money and counts have two decimals, rates four; messages write them as people do
written as (
    select
        findings.*,
        rules.severity,
        rules.message_en,
        rules.message_ru,
        rules.action_en,
        rules.action_ru,
        {%- for figure in ['a', 'b', 'c', 'd'] %}
        rules.evidence_{{ figure }},
        case
            when findings.{{ figure }} is null then 'null'
            when abs(findings.{{ figure }}) < 10 then cast(cast(findings.{{ figure }} as decimal(18, 4)) as varchar)
            else cast(cast(findings.{{ figure }} as decimal(28, 2)) as varchar)
        end as evidence_text_{{ figure }},
        {{ figure_text('findings.' ~ figure, 'rules.unit_' ~ figure, 'en') }} as text_{{ figure }}_en,
        {{ figure_text('findings.' ~ figure, 'rules.unit_' ~ figure, 'ru') }} as text_{{ figure }}_ru,
        {%- endfor %}
        {{ member_text('findings', 'en') }} as member_en,
        {{ member_text('findings', 'ru') }} as member_ru
    from findings
    inner join rules on findings.rule = rules.rule
    cross join workspace
),

alignment as (
    select
        md5(rule || '|' || dimension || '|' || member || '|' || grain || '|' || cast(period_start as varchar))
            as finding_key,
        rule,
        severity,
        owner,
        dimension,
        member,
        grain,
        period_start,
        period_end,
        {{ evidence_json() }} as evidence,
        {{ fill_message('en') }} as message_en,
        {{ fill_message('ru') }} as message_ru,
        action_en,
        action_ru
    from written
)

select * from alignment
