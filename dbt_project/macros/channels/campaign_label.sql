{#-
    Label of a lead's or deal's campaign: the name that ad spend has for its campaign_id, its campaign_name, its
    utm_campaign (as a name, a utm_campaign or an id there), else its own words; '(none)' where it has none.
    Goes with the joins of join_campaign_labels.
-#}
{% macro campaign_label(alias) -%}
    coalesce(
        label_by_id.campaign,
        label_by_name.campaign,
        {{ alias }}.campaign_name,
        label_by_utm.campaign,
        label_by_utm_name.campaign,
        label_by_utm_id.campaign,
        {{ alias }}.utm_campaign,
        {{ alias }}.campaign_id,
        '(none)'
    )
{%- endmacro %}

{#- The joins that campaign_label reads from. -#}
{% macro join_campaign_labels(alias) -%}
    {%- for name, kind, token in [
        ('label_by_id', 'id', alias ~ '.campaign_id'),
        ('label_by_name', 'name', 'lower(' ~ alias ~ '.campaign_name)'),
        ('label_by_utm', 'utm', 'lower(' ~ alias ~ '.utm_campaign)'),
        ('label_by_utm_name', 'name', 'lower(' ~ alias ~ '.utm_campaign)'),
        ('label_by_utm_id', 'id', alias ~ '.utm_campaign'),
    ] %}
    left join {{ ref('int_campaign_labels') }} as {{ name }}
        on {{ token }} = {{ name }}.token and {{ name }}.kind = '{{ kind }}'
    {%- endfor %}
{%- endmacro %}
