select
    target_key, parent_target_key, target_id, kpi, direction, scope, department, owner, start_date, due_date, baseline,
    target_value, actual, expected_to_date, attainment, projection, projection_low, projection_high, status,
    smart_failing, gap_owner, marketing_gap, sales_gap, required_leads, required_qualified_leads, required_average_check
from kpi_targets
order by target_key
