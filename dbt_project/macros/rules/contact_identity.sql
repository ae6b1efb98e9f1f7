{#-
    The identity that a contact gives a record (`kind`: email or phone). Where `shared` (a left join of int_shared_contacts on it)
    says that several people have it, it is one only together with the record's full name, and none without.
-#}
{% macro contact_identity(kind, records, shared) -%}
    '{{ kind }}:' || {{ records }}.{{ kind }}_hash
        || case when {{ shared }}.contact is null then '' else ':' || {{ records }}.full_name_hash end
{%- endmacro %}
