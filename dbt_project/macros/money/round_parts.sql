{#-
    Exact parts rounded so that they sum to a rounded total, largest remainder: `rows` have the columns of `keys`, `exact`
    (a part, any sign) and `total` (their sum, the same on every row of `partition_by`). Adds `part`, a multiple of
    `unit`; `order_by` breaks ties.
-#}
{% macro round_parts(rows, partition_by, order_by, unit='0.01', data_type='decimal(28, 2)') -%}
    select
        *,
        cast((whole + case when place <= total_units - wholes then 1 else 0 end) * {{ unit }} as {{ data_type }}) as part
    from (
        select
            *,
            sum(whole) over (partition by {{ partition_by | join(', ') }}) as wholes,
            row_number() over (
                partition by {{ partition_by | join(', ') }}
                order by exact / {{ unit }} - whole desc, {{ order_by | join(', ') }}
            ) as place
        from (
            select
                *,
                cast(floor(exact / {{ unit }} + 1e-9) as bigint) as whole,
                cast(round(total / {{ unit }}) as bigint) as total_units
            from {{ rows }}
        ) as whole_parts
    ) as ranked
{%- endmacro %}
