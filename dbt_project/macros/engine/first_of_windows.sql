{#-
    The body of a `fixpoint` model: of each person's records (`rows`: person_key, record_key, happened_at, day, is_day_only, days), those that open a window: the first one,
    then the first one more than `days` after it, and so on. By day where one of the two times is only a day.
-#}
{% macro first_of_windows(rows) -%}
    {{ return(adapter.dispatch('first_of_windows')(rows)) }}
{%- endmacro %}

{% macro duckdb__first_of_windows(rows) -%}
    with recursive openers(person_key, record_key, happened_at, day, is_day_only) as (
        select
            first_rows.person_key,
            first_rows.record_key,
            first_rows.happened_at,
            first_rows.day,
            first_rows.is_day_only
        from (
            select
                *,
                row_number() over (partition by person_key order by happened_at, record_key) as place
            from {{ rows }}
        ) as first_rows
        where first_rows.place = 1
        union all
        select
            next_rows.person_key,
            next_rows.record_key,
            next_rows.happened_at,
            next_rows.day,
            next_rows.is_day_only
        from (
            {{ rows_after_windows('openers', rows) | indent(12) }}
        ) as next_rows
        where next_rows.place = 1
    )

    select
        person_key,
        record_key,
        happened_at
    from openers
{%- endmacro %}

{#- In rounds: of each person the next one after the one that the round before found. -#}
{% macro default__first_of_windows(rows) -%}
    select
        person_key,
        record_key,
        happened_at,
        day,
        is_day_only,
        true as is_open
    from (
        select
            *,
            row_number() over (partition by person_key order by happened_at, record_key) as place
        from {{ rows }}
    ) as first_rows
    where place = 1
;
    with open_ones as (
        select * from previous_round
        where is_open
    ),

    next_rows as (
        {{ rows_after_windows('open_ones', rows) | indent(8) }}
    )

    select
        person_key,
        record_key,
        happened_at,
        day,
        is_day_only,
        false as is_open
    from previous_round
    union all
    select
        person_key,
        record_key,
        happened_at,
        day,
        is_day_only,
        true as is_open
    from next_rows
    where place = 1
{%- endmacro %}

{#- The rows after the windows that `openers` open, of each person in their order (`place`). -#}
{% macro rows_after_windows(openers, rows) -%}
    select
        later.*,
        row_number() over (partition by later.person_key order by later.happened_at, later.record_key) as place
    from {{ openers }} as openers
    inner join {{ rows }} as later on openers.person_key = later.person_key
    where
        later.happened_at > openers.happened_at
        and case
            when openers.is_day_only or later.is_day_only
                then {{ days_between('openers.day', 'later.day') }} > later.days
            else {{ seconds_between('openers.happened_at', 'later.happened_at') }} > later.days * 86400
        end
{%- endmacro %}
