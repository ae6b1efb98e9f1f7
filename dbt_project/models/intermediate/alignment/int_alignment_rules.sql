-- The rules of the findings, with the workspace's own thresholds where it has any.
with rules as (
    select * from {{ ref('alignment_rules') }}
),

thresholds as (
    select * from {{ source('settings', 'thresholds') }}
),

merged as (
    select
        rules.rule,
        cast(coalesce(thresholds.threshold, rules.threshold) as double) as threshold,
        cast(rules.minimum as double) as minimum,
        coalesce(thresholds.severity, rules.severity) as severity,
        rules.owner,
        rules.evidence_a,
        rules.evidence_b,
        rules.evidence_c,
        rules.evidence_d,
        rules.unit_a,
        rules.unit_b,
        rules.unit_c,
        rules.unit_d,
        rules.message_en,
        rules.message_ru,
        rules.action_en,
        rules.action_ru
    from rules
    left join thresholds on rules.rule = thresholds.name
)

select * from merged
