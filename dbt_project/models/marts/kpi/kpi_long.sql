-- Every KPI of every member and period as a row of its own, with what it was divided from; what is null is left out.
with periods as (
    {{ kpi_periods_of_all({
        'total': "'total'", 'channel': 'channel', 'campaign': "channel || ' / ' || campaign", 'sales_rep': 'sales_rep',
        'product': 'product',
    }) }}
),

long as (
    {{ kpi_long_rows('periods') }}
)

select * from long
