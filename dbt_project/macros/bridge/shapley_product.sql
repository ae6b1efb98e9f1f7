{#-
    Shapley contribution of one factor to the change of a product: the mean, over all orders in which the factors could
    have changed, of what this factor's change adds (Shapley 1953). The contributions of all factors sum to the change.
    `factors` names them; each has a column `<name>_before` and `<name>_after`.
-#}
{% macro shapley_product(factor, factors) -%}
    {%- set others = factors | reject('equalto', factor) | list -%}
    {%- set factorials = [1, 1, 2, 6, 24, 120, 720] -%}
    ({{ factor }}_after - {{ factor }}_before) * (
    {%- for mask in range(2 ** (others | length)) -%}
        {%- set product = [] -%}
        {%- set changed = [] -%}
        {%- for other in others -%}
            {%- if (mask // (2 ** loop.index0)) % 2 == 1 -%}
                {%- do product.append(other ~ '_after') -%}
                {%- do changed.append(other) -%}
            {%- else -%}
                {%- do product.append(other ~ '_before') -%}
            {%- endif -%}
        {%- endfor -%}
        {%- set orders = factorials[changed | length] * factorials[(others | length) - (changed | length)] %}
        {{ '+ ' if not loop.first }}{{ orders }} * {{ product | join(' * ') }}
    {%- endfor %}
    ) / {{ factorials[factors | length] }}.0
{%- endmacro %}
