{#-
    What a campaign's name is compared by: without URL encoding, in lower case, words parted by one blank, the Russian
    letter ё as е. Null where nothing is left.
-#}
{% macro name_key(column) -%}
    nullif({{ words_only("replace(lower(" ~ unquoted(column) ~ "), 'ё', 'е')") }}, '')
{%- endmacro %}
