{#-
    Parts of a total, largest remainder: `rows` are keys and (columns) `total`, `weight`; the result has the key
    columns and `part`. Parts are multiples of `unit`, in proportion to the weights within `partition_by`, and sum to
    the total exactly; `order_by` breaks ties. Weights that sum to 0 or null give equal parts.
    Weights are first scaled to decimals of at most 1: a sum of decimals is exact, a sum of floats depends on the order
    of rows, and then so would the cents. The division is a float, the result is not: what is left to the total (of
    large totals the floats' error may be more than a unit for each row) goes back to the rows that lost most.
-#}
{% macro allocate(rows, partition_by, order_by, unit='0.01', data_type='decimal(28, 2)') -%}
    {%- set keys = [partition_by] + order_by -%}
    select
        {%- for key in keys %}
        {{ key }},
        {%- endfor %}
        cast(cast(whole + {{ share_of_rest() }} as decimal(27, 0)) * {{ unit }} as {{ data_type }}) as part
    from (
        select
            *,
            {{ rest_in_units(unit) }} as rest
        from (
            select
                *,
                sum(whole) over (partition by {{ partition_by }}) as wholes,
                row_number() over (
                    partition by {{ partition_by }} order by {{ claim('exact - whole') }} desc, {{ order_by | join(', ') }}
                ) as place
            from (
                select
                    *,
                    cast(floor(exact) as decimal(38, 0)) as whole
                from (
                    select
                        *,
                        count(*) over (partition by {{ partition_by }}) as places,
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
    ) as with_rest
{%- endmacro %}


{#-
    What the whole units of all rows leave of their total, in units; a difference of decimals, hence exact. Of 27 digits, so
    that their product with the unit fits into 38: where it does not, an engine may take decimals away without a word.
-#}
{% macro rest_in_units(unit) -%}
    cast(round(cast(total - cast(wholes as decimal(27, 0)) * {{ unit }} as double) / {{ unit }}) as decimal(38, 0))
{%- endmacro %}


{#- The units of the rest that the row at `place` of `places` takes: the same for each, and one more for the first. -#}
{% macro share_of_rest() -%}
    {%- set each = 'cast(floor(cast(rest as double) / places) as decimal(38, 0))' -%}
    {{ each }} + case when place <= rest - {{ each }} * places then 1 else 0 end
{%- endmacro %}


{#-
    A fraction of a unit as far as it decides who gets a unit that is left: to five digits. Equal claims are equal in
    arithmetic, not always in floats (402 in the proportion 1 : 3 is 100.5 and 301.5), and which one's last digit is the
    larger differs between engines: then `order_by` decides. Rounded as `rounded` does it, without a second file to be read.
-#}
{% macro claim(fraction) -%}
    round(({{ fraction }}) * 100000) / 100000
{%- endmacro %}
