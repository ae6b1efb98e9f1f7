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
            select
                later.*,
                row_number() over (partition by later.person_key order by later.happened_at, later.record_key) as place
            from openers
            inner join {{ rows }} as later on openers.person_key = later.person_key
            where
                later.happened_at > openers.happened_at
                and case
                    when openers.is_day_only or later.is_day_only
                        then {{ days_between('openers.day', 'later.day') }} > later.days
                    else {{ seconds_between('openers.happened_at', 'later.happened_at') }} > later.days * 86400
                end
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
    with next_rows as (
        select
            later.person_key,
            later.record_key,
            later.happened_at,
            later.day,
            later.is_day_only,
            row_number() over (partition by later.person_key order by later.happened_at, later.record_key) as place
        from previous_round as openers
        inner join {{ rows }} as later on openers.person_key = later.person_key
        where
            openers.is_open
            and later.happened_at > openers.happened_at
            and case
                when openers.is_day_only or later.is_day_only
                    then {{ days_between('openers.day', 'later.day') }} > later.days
                else {{ seconds_between('openers.happened_at', 'later.happened_at') }} > later.days * 86400
            end
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
