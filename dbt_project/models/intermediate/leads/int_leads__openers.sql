-- noqa: disable=PRS
-- Leads that open a window: a person's first one, then the first one after that window, and so on.
{{ config(materialized='fixpoint', repeat_while='is_open') }}

{{ first_of_windows(ref('int_leads__candidates')) }}
