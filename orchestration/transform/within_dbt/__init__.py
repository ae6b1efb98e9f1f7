"""What is other about dbt within the process that a run starts for it; nothing outside that process imports it."""
