-- Every staged refund with its day, its rate and its fate; of several versions of one key the newest that could be
-- read counts.
with staged as (
    {{ union_sources('refunds') }}
),

keyed as (
    select
        staged.*,
        this_run.today,
        this_run.reporting_currency,
        staged.source || ':' || staged.refund_id as refund_key,
        {{ record_key('staged', 'deal_id') }} as deal_key,
        coalesce(staged.currency, sources.currency, this_run.reporting_currency) as currency_used,
        {{ reporting_date('staged.refunded_at') }} as refunded_date
    from staged
    cross join {{ source('settings', 'workspace') }} as this_run
    left join {{ source('settings', 'sources') }} as sources on staged.source = sources.source
    {{ join_links('staged', "'deals'", 'deal_id') }}
),

rated as (
    select
        keyed.*,
        case
            when keyed.currency_used = keyed.reporting_currency then cast(1 as decimal(28, 6))
            else rates.rate
        end as rate
    from keyed
    left join {{ ref('int_fx_rates_daily') }} as rates
        on keyed.refunded_date = rates.date and keyed.currency_used = rates.currency
),

judged as (
    select
        *,
        {{ is_refused(refusal_rules('refunds')) }} as is_refused
    from rated
),

versions as (
    select
        *,
        {{ newer_versions(['source', 'refund_id'], newest_first('judged', ['refunded_at'])) }} as newer_versions
    from judged
),

fated as (
    select
        *,
        {{ version_fate() }} as fate
    from versions
)

select * from fated
