{#-
    Exact parts rounded so that they sum to a rounded total, largest remainder: `rows` have the columns of `keys`, `exact`
    (a part, any sign) and `total` (their sum, the same on every row of `partition_by`). Adds `part`, a multiple of
    `unit`; `order_by` breaks ties.
-#}
{% macro round_parts(rows, partition_by, order_by, unit='0.01', data_type='decimal(28, 2)') -%}
    {%- set group = partition_by | join(', ') -%}
    select
        *,
        cast((whole + {{ share_of_rest() }}) * {{ unit }} as {{ data_type }}) as part
    from (
        select
            *,
            {{ rest_in_units(unit) }} as rest
        from (
            select
                *,
                sum(whole) over (partition by {{ group }}) as wholes,
                count(*) over (partition by {{ group }}) as places,
                row_number() over (
                    partition by {{ group }}
                    order by {{ claim('exact / ' ~ unit ~ ' - whole') }} desc, {{ order_by | join(', ') }}
                ) as place
            from (
                select
                    *,
                    cast(floor(exact / {{ unit }} + 1e-9) as decimal(38, 0)) as whole
                from {{ rows }}
            ) as whole_parts
        ) as ranked
    ) as with_rest
{%- endmacro %}
