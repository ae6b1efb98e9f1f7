{#-
    Of each `key` the row that is newest by the columns of `newest_by`, then by load:
    what a history table says as of now, so that a renamed campaign stays one campaign.
-#}
{% macro newest_version(relation, key, newest_by) -%}
    select *
    from {{ relation }}
    qualify
        row_number() over (
            partition by {{ key | join(', ') }}
            order by
                {%- for column in newest_by %}
                {{ column }} desc nulls last,
                {%- endfor %}
                _load_id desc, _row desc
        ) = 1
{%- endmacro %}
