-- Every staged rate with whether it can be used; of several for one day and currency the newest extract's counts.
with staged as (
    {{ union_sources('fx_rates') }}
),

workspace as (
    select * from {{ source('settings', 'workspace') }}
),

judged as (
    select
        staged.*,
        staged.currency = workspace.reporting_currency as is_reporting_currency,
        {{ is_refused(fx_rates_refusal_rules()) }} as is_refused
    from staged
    cross join workspace
)

select * from judged
