{#-
    The label of a stage, or what the vendor's own semantics say it means (`won`, `lost`, …) where the workspace's `stages`
    don't name it: the vendor knows which stages end a record, and the workspace has the last word.
-#}
{% macro stage_as_meant(label, meaning) -%}
    case
        when
            {{ meaning }} is not null
            and coalesce(lower({{ label }}), '') not in (
                select mapped_stages.stage_lower from {{ source('settings', 'stages') }} as mapped_stages
                where mapped_stages.stage_lower is not null
            )
            then {{ meaning }}
        else {{ label }}
    end
{%- endmacro %}
