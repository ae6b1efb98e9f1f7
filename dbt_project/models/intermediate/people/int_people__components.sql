-- noqa: disable=PRS
-- Which identities are joined by records, over however many others.
{{ config(materialized='fixpoint', repeat_while='is_open') }}

{{ connected_components(ref('int_people__edges')) }}
