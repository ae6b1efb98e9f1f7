{#-
  Key of a campaign that has ad spend, the same in dim_campaign, fct_ad_spend and fct_leads. A campaign is its platform's:
  one whose days come from two sources (a connector, later the platform's own reports) stays one. One without an id is known
  by its name within its channel (campaign_scope): two channels may call theirs alike.
-#}
{% macro campaign_key(table='') -%}
    {% set table = table ~ '.' if table else '' -%}
    lower(coalesce({{ table }}platform, {{ table }}source)) || '|' || coalesce({{ table }}account_id, '')
    || '|' || coalesce({{ table }}campaign_id, '') || coalesce('|' || {{ table }}campaign_scope, '')
{%- endmacro %}
