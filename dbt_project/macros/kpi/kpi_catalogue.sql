{#-
    The only definition of every KPI. The columns of kpi_*, dim_kpi and kpi_long are generated from it.

    kind         sum: additive, value = numerator; stock: as it stands at the period's end, never summed over time; ratio: sum(numerator) / sum(denominator); median: from the facts;
                 product: a ratio whose numerator is itself not additive
    numerator, denominator   expressions over the measures of kpi_measures(), summed over a period and member
    dimensions   where the KPI has a meaning; elsewhere its column is NULL
    matures      true where it still grows after the period is over: compared at the same age or not at all
    better       higher, lower or none: which direction is good news
-#}
{% macro kpi_catalogue() %}
    {%- set text -%}
- id: impressions
  kind: sum
  numerator: impressions
  unit: count
  better: higher
  owner: marketing
  dimensions: [total, channel, campaign]
  name_en: Impressions
  name_ru: Показы
  description_en: Times the ads were shown, by the day of the spend.
  description_ru: Сколько раз показана реклама, по дню расхода.
  formula: sum(impressions)
- id: clicks
  kind: sum
  numerator: clicks
  unit: count
  better: higher
  owner: marketing
  dimensions: [total, channel, campaign]
  name_en: Clicks
  name_ru: Клики
  description_en: Clicks on the ads, by the day of the spend.
  description_ru: Клики по рекламе, по дню расхода.
  formula: sum(clicks)
- id: ad_spend
  kind: sum
  numerator: ad_spend
  unit: currency
  better: none
  owner: marketing
  dimensions: [total, channel, campaign]
  name_en: Ad spend
  name_ru: Расход на рекламу
  description_en: Money paid to the ad platforms, by the day of the spend.
  description_ru: Деньги, уплаченные рекламным площадкам, по дню расхода.
  formula: sum(spend)
- id: marketing_cost
  kind: sum
  numerator: marketing_cost
  unit: currency
  better: none
  owner: marketing
  dimensions: [total, channel, campaign]
  name_en: Marketing cost
  name_ru: Затраты на маркетинг
  description_en: Ad spend and all other costs of the marketing department; general costs are shared out by ad spend, else by leads.
  description_ru: Расход на рекламу и все прочие затраты отдела маркетинга; общие затраты разнесены по расходу на рекламу, иначе по лидам.
  formula: ad_spend + other costs of marketing
- id: sales_cost
  kind: sum
  numerator: sales_cost
  unit: currency
  better: none
  owner: sales
  dimensions: [total, channel, campaign, sales_rep, product]
  name_en: Sales cost
  name_ru: Затраты на продажи
  description_en: Costs of the sales department, shared out by won deals, else by leads.
  description_ru: Затраты отдела продаж, разнесённые по выигранным сделкам, иначе по лидам.
  formula: sum(costs of sales)
- id: ctr
  kind: ratio
  numerator: clicks
  denominator: impressions
  unit: share
  better: higher
  owner: marketing
  dimensions: [total, channel, campaign]
  name_en: CTR
  name_ru: CTR
  description_en: Clicks for each impression.
  description_ru: Доля показов, по которым кликнули.
  formula: clicks / impressions
- id: cpc
  kind: ratio
  numerator: ad_spend
  denominator: clicks
  unit: currency
  better: lower
  owner: marketing
  dimensions: [total, channel, campaign]
  name_en: CPC
  name_ru: CPC
  description_en: Ad spend for each click.
  description_ru: Расход на рекламу на один клик.
  formula: ad_spend / clicks
- id: leads
  kind: sum
  numerator: leads
  unit: count
  better: higher
  owner: marketing
  dimensions: [total, channel, campaign, sales_rep, product]
  name_en: Leads
  name_ru: Количество лидов
  description_en: Leads created in the period, without duplicates, deleted and test records.
  description_ru: Лиды, созданные за период, без дублей, удалённых и тестовых записей.
  formula: count(leads by created date)
- id: contacted_leads
  kind: sum
  numerator: contacted_leads
  matures: true
  unit: count
  better: higher
  owner: sales
  dimensions: [total, channel, campaign, sales_rep, product]
  name_en: Contacted leads
  name_ru: Обработанные лиды
  description_en: Of the leads created in the period, those that reached the stage contacted so far; who qualified counts, even if no answer is recorded.
  description_ru: Лиды, созданные за период, которые к сегодняшнему дню дошли до этапа «есть контакт»; квалифицированные входят, даже если ответ не записан.
  formula: count(leads by created date that were contacted so far)
- id: contact_rate
  kind: ratio
  numerator: contacted_leads
  denominator: recorded_leads
  matures: true
  unit: share
  better: higher
  owner: sales
  dimensions: [total, channel, campaign, sales_rep, product]
  name_en: Contact rate
  name_ru: Доля обработанных
  description_en: Share of the leads created in the period that were contacted so far; leads never answered may still have gone further, so the two may differ.
  description_ru: Доля лидов, созданных за период, которые обработаны к сегодняшнему дню; лиды без ответа могли пройти дальше, поэтому одно с другим может не сойтись.
  formula: contacted_leads / leads
- id: qualified_leads
  kind: sum
  numerator: qualified_leads
  matures: true
  unit: count
  better: higher
  owner: marketing
  dimensions: [total, channel, campaign, sales_rep, product]
  name_en: Qualified leads
  name_ru: Квалифицированные лиды
  description_en: Of the leads created in the period, those that reached the stage qualified or meet the workspace's rule so far.
  description_ru: Лиды, созданные за период, которые к сегодняшнему дню дошли до этапа «квалифицирован» или отвечают правилу компании.
  formula: count(leads by created date that qualified so far)
- id: qualification_rate
  kind: ratio
  numerator: qualified_leads
  denominator: leads
  matures: true
  unit: share
  better: higher
  owner: marketing
  dimensions: [total, channel, campaign, sales_rep, product]
  name_en: Qualification rate
  name_ru: Доля квалифицированных
  description_en: Share of the leads created in the period that qualified so far; young periods still grow.
  description_ru: Доля лидов, созданных за период, которые квалифицированы к сегодняшнему дню; свежие периоды ещё растут.
  formula: qualified_leads / leads
- id: cpl
  kind: ratio
  numerator: marketing_cost
  denominator: leads
  unit: currency
  better: lower
  owner: marketing
  dimensions: [total, channel, campaign]
  name_en: Cost per lead
  name_ru: Стоимость лида
  description_en: Marketing cost for each lead.
  description_ru: Затраты на маркетинг на один лид.
  formula: marketing_cost / leads
- id: ad_cpl
  kind: ratio
  numerator: ad_spend
  denominator: paid_leads
  unit: currency
  better: lower
  owner: marketing
  dimensions: [total, channel, campaign]
  name_en: Ad cost per lead
  name_ru: Стоимость лида по рекламе
  description_en: Ad spend for each lead of a paid channel.
  description_ru: Расход на рекламу на один лид из платных каналов.
  formula: ad_spend / leads of paid channels
- id: cost_per_qualified_lead
  kind: ratio
  numerator: marketing_cost
  denominator: qualified_leads
  matures: true
  unit: currency
  better: lower
  owner: marketing
  dimensions: [total, channel, campaign]
  name_en: Cost per qualified lead
  name_ru: Стоимость квал. лида
  description_en: Marketing cost for each qualified lead.
  description_ru: Затраты на маркетинг на один квалифицированный лид.
  formula: marketing_cost / qualified_leads
- id: opportunities
  kind: sum
  numerator: opportunities
  matures: true
  unit: count
  better: higher
  owner: shared
  dimensions: [total, channel, campaign, sales_rep, product]
  name_en: Opportunities
  name_ru: Возможности
  description_en: Of the leads created in the period, those that reached the stage opportunity so far.
  description_ru: Лиды, созданные за период, которые к сегодняшнему дню дошли до этапа «возможность».
  formula: count(leads by created date that became an opportunity so far)
- id: opportunity_rate
  kind: ratio
  numerator: opportunities
  denominator: qualified_leads
  matures: true
  unit: share
  better: higher
  owner: shared
  dimensions: [total, channel, campaign, sales_rep, product]
  name_en: Opportunity rate
  name_ru: Доля возможностей
  description_en: Share of the qualified leads created in the period that became an opportunity so far; young periods still grow.
  description_ru: Доля квалифицированных лидов, созданных за период, которые к сегодняшнему дню стали возможностью; свежие периоды ещё растут.
  formula: opportunities / qualified_leads
- id: cost_per_opportunity
  kind: ratio
  numerator: marketing_cost
  denominator: opportunities
  matures: true
  unit: currency
  better: lower
  owner: shared
  dimensions: [total, channel, campaign]
  name_en: Cost per opportunity
  name_ru: Стоимость возможности
  description_en: Marketing cost for each opportunity.
  description_ru: Затраты на маркетинг на одну возможность.
  formula: marketing_cost / opportunities
- id: deals_created
  kind: sum
  numerator: deals_created
  unit: count
  better: higher
  owner: shared
  dimensions: [total, channel, campaign, sales_rep, product]
  name_en: Deals created
  name_ru: Созданные сделки
  description_en: Deals by the day they were created, at the lead's own channel; open and lost deals of duplicates don't count.
  description_ru: Сделки по дате создания, по собственному каналу лида; открытые и проигранные сделки дублей не учитываются.
  formula: count(deals by created date)
- id: pipeline_created
  kind: sum
  numerator: pipeline_created
  unit: currency
  better: higher
  owner: shared
  dimensions: [total, channel, campaign, sales_rep, product]
  name_en: Pipeline created
  name_ru: Созданная воронка
  description_en: Amounts of the deals created in the period, at the rate of that day.
  description_ru: Суммы сделок, созданных за период, по курсу того дня.
  formula: sum(amounts of deals by created date)
- id: pipeline_to_cost
  kind: ratio
  numerator: pipeline_created
  denominator: marketing_cost
  unit: ratio
  better: higher
  owner: shared
  dimensions: [total, channel, campaign]
  name_en: Pipeline to cost
  name_ru: Воронка к затратам
  description_en: Pipeline created for each unit of marketing cost.
  description_ru: Созданная воронка на единицу затрат на маркетинг.
  formula: pipeline_created / marketing_cost
- id: open_deals
  kind: stock
  numerator: open_deals
  unit: count
  better: none
  owner: sales
  dimensions: [total, channel, campaign, sales_rep, product]
  name_en: Open deals
  name_ru: Открытые сделки
  description_en: Deals open at the end of the period, a stock, never summed over time.
  description_ru: Сделки, открытые на конец периода; остаток, по времени не складывается.
  formula: count(deals open at period end)
- id: open_pipeline
  kind: stock
  numerator: open_pipeline
  unit: currency
  better: higher
  owner: sales
  dimensions: [total, channel, campaign, sales_rep, product]
  name_en: Open pipeline
  name_ru: Открытая воронка
  description_en: Present amounts of the deals open at the end of the period, at today's rate; a stock, never summed over time.
  description_ru: Нынешние суммы сделок, открытых на конец периода, по сегодняшнему курсу; остаток, по времени не складывается.
  formula: sum(amounts of deals open at period end)
- id: weighted_pipeline
  kind: stock
  numerator: weighted_pipeline
  unit: currency
  better: higher
  owner: sales
  dimensions: [total, channel, campaign, sales_rep, product]
  name_en: Weighted pipeline
  name_ru: Взвешенная воронка
  description_en: The open pipeline, each amount times its probability, which today is the deal's own, at an earlier end or without one the share won of deals closed before that had stood in the same stage (of all closed deals, where these are fewer than 20).
  description_ru: Открытая воронка, где каждая сумма умножена на вероятность, сегодня собственную, на более ранний конец или без неё — доля выигранных среди ранее закрытых сделок, побывавших на том же этапе (если их меньше 20, среди всех закрытых).
  formula: sum(amounts of deals open at period end * probability)
- id: won_deals
  kind: sum
  numerator: won_deals
  unit: count
  better: higher
  owner: sales
  dimensions: [total, channel, campaign, sales_rep, product]
  name_en: Won deals
  name_ru: Выигранные сделки
  description_en: Deals won, by closing date; by channel in shares of the attribution, by product in shares of the amount.
  description_ru: Выигранные сделки по дате закрытия; по каналам в долях атрибуции, по продуктам в долях суммы.
  formula: count(won deals by closed date)
- id: lost_deals
  kind: sum
  numerator: lost_deals
  unit: count
  better: lower
  owner: sales
  dimensions: [total, channel, campaign, sales_rep, product]
  name_en: Lost deals
  name_ru: Проигранные сделки
  description_en: Deals lost, by closing date; by the lead's own channel, by product in shares of the amount.
  description_ru: Проигранные сделки по дате закрытия; по собственному каналу лида, по продуктам в долях суммы.
  formula: count(lost deals by closed date)
- id: revenue
  kind: sum
  numerator: revenue
  unit: currency
  better: higher
  owner: shared
  dimensions: [total, channel, campaign, sales_rep, product]
  name_en: Revenue
  name_ru: Выручка
  description_en: Amounts of won deals by closing date less refunds by the date of the refund.
  description_ru: Суммы выигранных сделок по дате закрытия за вычетом возвратов по дате возврата.
  formula: sum(won amounts) - sum(refunds)
- id: units_sold
  kind: sum
  numerator: units_sold
  unit: units
  better: higher
  owner: shared
  dimensions: [total, channel, campaign, sales_rep, product]
  name_en: Units sold
  name_ru: Объём продаж, ед.
  description_en: Units of won deals by closing date less refunded units where they are known.
  description_ru: Единицы в выигранных сделках по дате закрытия за вычетом возвращённых, где они известны.
  formula: sum(units) - sum(refunded units)
- id: average_check
  kind: ratio
  numerator: won_amount
  denominator: won_deals_with_amount
  unit: currency
  better: higher
  owner: sales
  dimensions: [total, channel, campaign, sales_rep, product]
  name_en: Average check
  name_ru: Средний чек
  description_en: Amount of a won deal before refunds; deals without an amount are left out.
  description_ru: Сумма одной выигранной сделки до возвратов; сделки без суммы не учитываются.
  formula: won amounts / won deals with an amount
- id: units_per_deal
  kind: ratio
  numerator: units
  denominator: deals_with_units
  unit: units
  better: higher
  owner: sales
  dimensions: [total, channel, campaign, sales_rep, product]
  name_en: Units per deal
  name_ru: Единиц в сделке
  description_en: Units of a won deal before refunds; deals without units are left out.
  description_ru: Единиц в одной выигранной сделке до возвратов; сделки без единиц не учитываются.
  formula: units / won deals with units
- id: lead_to_deal_conversion
  kind: ratio
  numerator: converted_leads
  denominator: recorded_leads
  matures: true
  unit: share
  better: higher
  owner: sales
  dimensions: [total, channel, campaign, sales_rep, product]
  name_en: Lead-to-deal conversion (cohort)
  name_ru: Конверсия из лида в сделку
  description_en: Share of the leads created in the period that have a won deal so far; young periods still grow.
  description_ru: Доля лидов, созданных за период, у которых к сегодняшнему дню есть выигранная сделка; свежие периоды ещё растут.
  formula: leads with a won deal so far / leads
- id: lead_to_deal_ratio
  kind: ratio
  numerator: won_deals
  denominator: leads
  unit: ratio
  better: higher
  owner: sales
  dimensions: [total, channel, campaign, sales_rep, product]
  name_en: Deals to leads of the period
  name_ru: Сделки к лидам за период
  description_en: Deals won in the period over leads created in it; other people than in the cohort conversion.
  description_ru: Сделки, выигранные за период, к лидам, созданным за него; это не те же люди, что в когортной конверсии.
  formula: won_deals / leads
- id: win_rate
  kind: ratio
  numerator: recorded_won_deals
  denominator: recorded_won_deals + lost_deals
  unit: share
  better: higher
  owner: sales
  dimensions: [total, channel, campaign, sales_rep, product]
  name_en: Win rate
  name_ru: Доля выигранных
  description_en: Won deals over all deals closed in the period.
  description_ru: Выигранные сделки ко всем закрытым за период.
  formula: won_deals / (won_deals + lost_deals)
- id: new_customers
  kind: sum
  numerator: new_customers
  unit: count
  better: higher
  owner: shared
  dimensions: [total, channel, campaign, sales_rep, product]
  name_en: New customers
  name_ru: Новые клиенты
  description_en: Customers whose first won deal closed in the period.
  description_ru: Клиенты, чья первая выигранная сделка закрыта за период.
  formula: count(customers by the date of their first won deal)
- id: cac
  kind: ratio
  numerator: full_cost
  denominator: case when coalesce(summed_won_deals, 0) = 0 then new_customers end
  unit: currency
  better: lower
  owner: shared
  dimensions: [total, channel, campaign]
  name_en: CAC
  name_ru: Стоимость клиента
  description_en: Marketing and sales cost for each new customer.
  description_ru: Затраты на маркетинг и продажи на одного нового клиента.
  formula: (marketing_cost + sales_cost) / new_customers
- id: gross_profit
  kind: sum
  numerator: gross_profit
  unit: currency
  better: higher
  owner: shared
  dimensions: [total, channel, campaign, sales_rep, product]
  name_en: Gross profit
  name_ru: Валовая прибыль
  description_en: Revenue less the cost of what was sold, as recorded on the line or deal, else by gross margin.
  description_ru: Выручка за вычетом себестоимости проданного, по строке или сделке, иначе по валовой марже.
  formula: revenue - cost of goods
- id: profit
  kind: sum
  numerator: profit
  unit: currency
  better: higher
  owner: shared
  dimensions: [total, channel, campaign]
  name_en: Profit after sales and marketing
  name_ru: Прибыль после продаж и маркетинга
  description_en: Gross profit less marketing and sales cost.
  description_ru: Валовая прибыль за вычетом затрат на маркетинг и продажи.
  formula: gross_profit - marketing_cost - sales_cost
- id: roas
  kind: ratio
  numerator: revenue
  denominator: ad_spend
  unit: ratio
  better: higher
  owner: marketing
  dimensions: [total, channel, campaign]
  name_en: ROAS
  name_ru: ROAS
  description_en: Attributed revenue for each unit of ad spend; in the total all revenue (blended).
  description_ru: Атрибутированная выручка на единицу расхода на рекламу; в итоге по компании вся выручка.
  formula: revenue / ad_spend
- id: roi
  kind: ratio
  numerator: gross_profit - marketing_cost
  denominator: marketing_cost
  unit: ratio
  better: higher
  owner: shared
  dimensions: [total, channel, campaign]
  name_en: Marketing ROI
  name_ru: ROI маркетинга
  description_en: Attributed gross profit less marketing cost, over marketing cost.
  description_ru: Атрибутированная валовая прибыль за вычетом затрат на маркетинг, к этим затратам.
  formula: (gross_profit - marketing_cost) / marketing_cost
- id: ltv
  kind: ratio
  numerator: ltv_gross_profit
  denominator: new_customers
  matures: true
  unit: currency
  better: higher
  owner: shared
  dimensions: [total, channel, campaign, sales_rep, product]
  name_en: LTV
  name_ru: LTV
  description_en: Gross profit to date of the customers won in the period, for each of them.
  description_ru: Валовая прибыль к сегодняшнему дню от клиентов, выигранных за период, на одного клиента.
  formula: gross profit to date of new customers / new_customers
- id: ltv_to_cac
  kind: ratio
  numerator: case when new_customers <> 0 and coalesce(summed_won_deals, 0) = 0 then ltv_gross_profit end
  denominator: full_cost
  matures: true
  unit: ratio
  better: higher
  owner: shared
  dimensions: [total, channel, campaign]
  name_en: LTV to CAC
  name_ru: LTV:CAC
  description_en: How many times the customers of the period have paid back what winning them cost.
  description_ru: Во сколько раз клиенты периода окупили затраты на их привлечение.
  formula: ltv / cac
- id: ltv_roi
  kind: ratio
  numerator: case when coalesce(summed_won_deals, 0) = 0 then ltv_gross_profit - marketing_cost end
  denominator: marketing_cost
  matures: true
  unit: ratio
  better: higher
  owner: shared
  dimensions: [total, channel, campaign]
  name_en: ROI on LTV
  name_ru: ROI с учётом LTV
  description_en: Gross profit to date of the customers won in the period less marketing cost, over marketing cost.
  description_ru: Валовая прибыль к сегодняшнему дню от клиентов, выигранных за период, за вычетом затрат на маркетинг, к этим затратам.
  formula: (gross profit to date of new customers - marketing_cost) / marketing_cost
- id: median_response_minutes
  kind: median
  numerator: median_response_minutes
  unit: minutes
  better: lower
  owner: sales
  dimensions: [total, channel, campaign, sales_rep, product]
  name_en: Response time (median)
  name_ru: Скорость обработки
  description_en: Median minutes from the creation of a lead to the first genuine response.
  description_ru: Медиана минут от создания лида до первого настоящего ответа.
  formula: median(response seconds) / 60
- id: sla_share
  kind: ratio
  numerator: sla_met_leads
  denominator: sla_due_leads
  unit: share
  better: higher
  owner: sales
  dimensions: [total, channel, campaign, sales_rep, product]
  name_en: Answered within the SLA
  name_ru: Доля в SLA
  description_en: Share of leads answered within the SLA; unanswered past it is missed, not yet past it is left out.
  description_ru: Доля лидов, обработанных в срок; не обработанные после срока считаются просроченными, до срока не учитываются.
  formula: leads answered within the SLA / leads answered or past it
- id: median_sales_cycle_days
  kind: median
  numerator: median_sales_cycle_days
  unit: days
  better: lower
  owner: sales
  dimensions: [total, channel, campaign, sales_rep, product]
  name_en: Sales cycle (median)
  name_ru: Цикл сделки
  description_en: Median days from the creation of a deal to winning it, by closing date and the lead's own channel.
  description_ru: Медиана дней от создания сделки до выигрыша, по дате закрытия и собственному каналу лида.
  formula: median(days from created to won)
- id: pipeline_velocity
  kind: product
  numerator: >-
    cast(open_deals as double)
    * cast(won_amount as double) / nullif(cast(won_deals_with_amount as double), 0)
    * cast(recorded_won_deals as double) / nullif(cast(recorded_won_deals + lost_deals as double), 0)
  denominator: median_sales_cycle_days
  unit: currency_per_day
  better: higher
  owner: sales
  dimensions: [total, channel, campaign, sales_rep, product]
  name_en: Pipeline velocity
  name_ru: Скорость воронки
  description_en: Revenue the open pipeline brings a day at the average check, win rate and median cycle of the period.
  description_ru: Выручка в день от открытых сделок при среднем чеке, доле выигранных и цикле сделки периода.
  formula: deals open at period end * average_check * win_rate / median_sales_cycle_days
- id: repeat_revenue_share
  kind: ratio
  numerator: repeat_revenue
  denominator: recorded_revenue
  unit: share
  better: higher
  owner: sales
  dimensions: [total, channel, campaign, sales_rep, product]
  name_en: Share of repeat revenue
  name_ru: Доля повторной выручки
  description_en: Share of revenue from customers who had bought before.
  description_ru: Доля выручки от клиентов, которые уже покупали раньше.
  formula: revenue from customers who had bought before / revenue
- id: cross_sell_share
  kind: ratio
  numerator: cross_sell_revenue
  denominator: recorded_revenue
  unit: share
  better: higher
  owner: sales
  dimensions: [total, channel, campaign, sales_rep, product]
  name_en: Share of cross-sales
  name_ru: Доля кросс-продаж
  description_en: Share of revenue from earlier customers with products that are new to them.
  description_ru: Доля выручки от прежних клиентов с продуктов, которые они раньше не покупали.
  formula: repeat revenue on products new to the customer / revenue
    {%- endset -%}
    {{- return(fromyaml(text)) -}}
{% endmacro %}
