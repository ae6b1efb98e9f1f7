{{ config(alias='sources') }}

-- What came in from every source table and what became of it: in = kept + refused + replaced + filtered + empty +
-- totals.
with files as (
    select * from {{ source('landing', 'files') }} where is_current
),

left_out as (
    select
        files.source,
        files.table_name,
        count(case when rows.fate = 'refused' then 1 end) as refused,
        count(case when rows.fate = 'replaced' then 1 end) as replaced
    from {{ ref('int_rows_left_out') }} as rows
    inner join files on rows.load_id = files.load_id
    group by files.source, files.table_name
),

-- the newest day of the rows that the marts are built from, where rows of the file are records of an entity
days as (
    {%- for model, day, is_kept in [
        ('int_leads__rows', 'created_date', "fate = 'kept'"),
        ('int_deals__dated', 'coalesce(created_date, closed_date)', "fate = 'kept'"),
        ('int_touches__rows', 'touched_date', "fate = 'kept'"),
        ('int_refunds__rows', 'refunded_date', "fate = 'kept'"),
        ('int_stage_history__rows', 'entered_date', "fate = 'kept'"),
        ('int_ad_spend__judged', 'first_day', 'not is_refused'),
        ('int_marketing_costs__judged', 'first_day', 'not is_refused'),
    ] %}
    select
        _load_id as load_id,
        max(case when {{ is_kept }} then {{ day }} end) as newest_day
    from {{ ref(model) }}
    group by _load_id
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

kept as (
    select
        load_id,
        max(newest_day) as newest_day
    from days
    group by load_id
),

landed as (
    select
        files.source,
        files.table_name,
        count(*) as files,
        max(files.loaded_at) as newest_extract_at,
        max(case when kept.load_id is null then files.newest_data else kept.newest_day end) as newest_data_date,
        sum(files.rows_in) as rows_in,
        sum(files.rows_landed) as rows_landed,
        sum(files.rows_refused) as rows_refused,
        sum(files.rows_replaced) as rows_replaced,
        sum(files.rows_filtered) as rows_filtered,
        sum(files.rows_empty) as rows_empty,
        sum(files.rows_totals) as rows_totals
    from files
    left join kept on files.load_id = kept.load_id
    group by files.source, files.table_name
),

counted as (
    select
        landed.source,
        landed.table_name as "table", -- noqa: RF06
        cast(landed.files as bigint) as files,
        landed.newest_extract_at,
        landed.newest_data_date,
        cast(landed.rows_in as bigint) as rows_in,
        cast(
            landed.rows_landed - coalesce(left_out.refused, 0) - coalesce(left_out.replaced, 0) as bigint
        ) as rows_kept,
        cast(landed.rows_refused + coalesce(left_out.refused, 0) as bigint) as rows_refused,
        cast(landed.rows_replaced + coalesce(left_out.replaced, 0) as bigint) as rows_replaced,
        cast(landed.rows_filtered as bigint) as rows_filtered,
        cast(landed.rows_empty as bigint) as rows_empty,
        cast(landed.rows_totals as bigint) as rows_totals
    from landed
    left join left_out on landed.source = left_out.source and landed.table_name = left_out.table_name
)

select * from counted
