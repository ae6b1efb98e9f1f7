{#- Key of a campaign that has ad spend, the same in dim_campaign, fct_ad_spend and fct_leads. -#}
{% macro campaign_key() -%}
    source || '|' || coalesce(account_id, '') || '|' || coalesce(campaign_id, '')
{%- endmacro %}
