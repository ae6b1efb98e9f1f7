{#-
    Parts of a total, largest remainder: `rows` are keys and (columns) `total`, `weight`; the result has the key
    columns and `part`. Parts are multiples of `unit`, in proportion to the weights within `partition_by`, and sum to
    the total exactly; `order_by` breaks ties. Weights that sum to 0 or null give equal parts.
    Weights are first scaled to decimals of at most 1: a sum of decimals is exact, a sum of floats depends on the order
    of rows, and then so would the cents. The division is a float, the result is not: a float error of one unit goes
    back to the row that lost it.
-#}
{% macro allocate(rows, partition_by, order_by, unit='0.01', data_type='decimal(18, 2)') -%}
    {%- set keys = [partition_by] + order_by -%}
    select
        {%- for key in keys %}
        {{ key }},
        {%- endfor %}
        cast((whole + case when place <= total_units - wholes then 1 else 0 end) * {{ unit }} as {{ data_type }}) as part
    from (
        select
            *,
            sum(whole) over (partition by {{ partition_by }}) as wholes,
            row_number() over (
                partition by {{ partition_by }} order by exact - whole desc, {{ order_by | join(', ') }}
            ) as place
        from (
            select
                *,
                cast(floor(exact) as bigint) as whole
            from (
                select
                    *,
                    cast(round(total / {{ unit }}) as bigint) as total_units,
                    cast(total as double) / {{ unit }} * coalesce(
                        cast(coalesce(scaled, 0) as double)
                        / nullif(cast(sum(scaled) over (partition by {{ partition_by }}) as double), 0),
                        1.0 / count(*) over (partition by {{ partition_by }})
                    ) as exact
                from (
                    select
                        *,
                        cast(
                            cast(weight as double)
                            / nullif(max(abs(cast(weight as double))) over (partition by {{ partition_by }}), 0)
                            as decimal(38, 18)
                        ) as scaled
                    from {{ rows }}
                ) as scaled_rows
            ) as exact_parts
        ) as whole_parts
    ) as ranked
{%- endmacro %}
