"""The only place that knows dbt: builds, their record, the semantic layer."""
