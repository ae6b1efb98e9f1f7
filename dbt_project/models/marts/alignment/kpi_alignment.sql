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

findings as (
    select * from periods
    union all
    select * from unanswered
    union all
    select * from runs
),

-- money and counts to two decimals, rates to four: as text, the same in message and evidence
written as (
    select
        findings.*,
        rules.severity,
        rules.owner,
        rules.message_en,
        rules.message_ru,
        rules.action_en,
        rules.action_ru,
        {%- for figure in ['a', 'b', 'c', 'd'] %}
        rules.evidence_{{ figure }},
        case
            when findings.{{ figure }} is null then 'null'
            when abs(findings.{{ figure }}) < 10 then cast(cast(findings.{{ figure }} as decimal(18, 4)) as varchar)
            else cast(cast(findings.{{ figure }} as decimal(18, 2)) as varchar)
        end as text_{{ figure }}{%- if not loop.last %},{% endif %}
        {%- endfor %}
    from findings
    inner join rules on findings.rule = rules.rule
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
        '{"' || evidence_a || '": ' || text_a || ', "' || evidence_b || '": ' || text_b
        || ', "' || evidence_c || '": ' || text_c || ', "' || evidence_d || '": ' || text_d || '}' as evidence,
        {{ fill_message('message_en') }} as message_en,
        {{ fill_message('message_ru') }} as message_ru,
        action_en,
        action_ru
    from written
)

select * from alignment
