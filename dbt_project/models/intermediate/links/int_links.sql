-- What a reference in a sheet means where its own source has no such record: the only record of that id in any sheet;
-- of a list of ids the first that there is; an id beside a name, or with the marks that systems put around it.
with missing as (
    select * from {{ ref('int_links__missing') }}
),

-- `8001;8002`: the first part comes first, the whole before it
listed as (
    select
        entity,
        source,
        id,
        0 as place,
        id as part
    from missing
    union all
    {{ split_in_order('missing', ['entity', 'source', 'id'], 'id', '[;,|]') }}
),

-- `Ann Example (8001)`, `8001 - Ann Example`, `Ann Example - 8001`, `#8001`, `8001.0` as a table of numbers writes it
{%- set forms = [
    '^(.*)$',
    '[(<]([^()<>]+)[)>]$',
    '^([^ ]*[0-9][^ ]*) +[-–—:] ',
    ' [-–—:] +([^ ]*[0-9][^ ]*)$',
    '^[#№]? *([0-9]+)([.]0)?$',
] %}
spelled as (
    {%- for form in forms %}
    select
        entity,
        source,
        id,
        place * 10 + {{ loop.index }} as rank,
        trim(regexp_extract(part, '{{ form }}', 1)) as token
    from listed
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

records as (
    select
        'leads' as entity,
        source,
        lead_id as id
    from {{ ref('stg_sheets__leads') }}
    union
    select
        'deals' as entity,
        source,
        deal_id as id
    from {{ ref('stg_sheets__deals') }}
),

-- a shop's order is called #1006 in one of its exports and 1006 in the next
called as (
    select *, id as name from records
    union all
    select *, trim(substring(id, 2)) as name from records where id like '#%' or id like '№%'
),

found as (
    select
        spelled.entity,
        spelled.source,
        spelled.id,
        spelled.rank,
        count(distinct called.source || ':' || called.id) as records,
        min(case when called.source = spelled.source then called.id end) as own_id,
        min(called.source) as found_source,
        min(called.id) as found_id
    from spelled
    inner join called on spelled.entity = called.entity and spelled.token = called.name
    where spelled.token <> ''
    group by spelled.entity, spelled.source, spelled.id, spelled.rank
),

firsts as (
    select
        *,
        own_id is not null or records = 1 as is_told,
        row_number() over (partition by entity, source, id order by rank) as place
    from found
),

links as (
    select
        entity,
        source,
        id,
        case when own_id is not null then source when is_told then found_source end as linked_source,
        case when is_told then coalesce(own_id, found_id) end as linked_id,
        not is_told as is_ambiguous
    from firsts
    where place = 1
)

select * from links
