{#-
    Condition: the moment `earlier` is not after `later`. Both are prefixes of <x>_at, <x>_at_is_date and <x>_date;
    where either is known by its day alone, days are compared.
-#}
{% macro not_after(earlier, later) -%}
    case
        when {{ earlier }}_at_is_date or {{ later }}_at_is_date then {{ earlier }}_date <= {{ later }}_date
        else {{ earlier }}_at <= {{ later }}_at
    end
{%- endmacro %}
