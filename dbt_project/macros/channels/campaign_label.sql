{#-
    Label of a record's campaign: that of the ad spend it is matched to, else its own words; '(none)' where it has none.
    Goes with the join of join_campaign_matches.
-#}
{% macro campaign_label(alias, name_column='campaign_name') -%}
    coalesce(
        campaign_matches.campaign,
        {%- if name_column %}
        {{ alias }}.{{ name_column }},
        {%- endif %}
        {{ alias }}.utm_campaign,
        {{ alias }}.campaign_id,
        '(none)'
    )
{%- endmacro %}

{#- How the campaign was matched; a record that names none has no row in int_campaign_matches. -#}
{% macro campaign_match() -%}
    coalesce(campaign_matches.campaign_match, 'none')
{%- endmacro %}

{#- The join that campaign_label and campaign_match read from. -#}
{% macro join_campaign_matches(alias) -%}
    left join {{ ref('int_campaign_matches') }} as campaign_matches
        on {{ alias }}.channel_key = campaign_matches.channel_key
{%- endmacro %}
