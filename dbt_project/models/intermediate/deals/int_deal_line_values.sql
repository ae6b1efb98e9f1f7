-- What each line of a deal is of its value when created and today, to the cent.
with lines as (
    select * from {{ ref('int_deal_lines') }}
),

deal_values as (
    select * from {{ ref('int_deal_values') }}
),

valued as (
    select
        lines.deal_key,
        lines.line_id,
        lines.product,
        lines.share,
        deal_values.amount_when_created,
        deal_values.amount_today
    from lines
    inner join deal_values on lines.deal_key = deal_values.deal_key
),

{% for amount in ['amount_when_created', 'amount_today'] %}
{{ amount }}_rows as (
    select
        deal_key,
        line_id,
        share as weight,
        {{ amount }} as total
    from valued
    where {{ amount }} is not null
),

{{ amount }}_parts as (
    {{ allocate(amount ~ '_rows', 'deal_key', ['line_id']) }}
),
{% endfor %}
joined as (
    select
        valued.deal_key,
        valued.line_id,
        valued.product,
        valued.share,
        amount_when_created_parts.part as amount_when_created,
        amount_today_parts.part as amount_today
    from valued
    left join amount_when_created_parts
        on valued.deal_key = amount_when_created_parts.deal_key and valued.line_id = amount_when_created_parts.line_id
    left join amount_today_parts
        on valued.deal_key = amount_today_parts.deal_key and valued.line_id = amount_today_parts.line_id
)

select * from joined
