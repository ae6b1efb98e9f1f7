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

landed as (
    select
        source,
        table_name,
        count(*) as files,
        max(loaded_at) as newest_extract_at,
        max(newest_data) as newest_data_date,
        sum(rows_in) as rows_in,
        sum(rows_landed) as rows_landed,
        sum(rows_refused) as rows_refused,
        sum(rows_replaced) as rows_replaced,
        sum(rows_filtered) as rows_filtered,
        sum(rows_empty) as rows_empty,
        sum(rows_totals) as rows_totals
    from files
    group by source, table_name
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
