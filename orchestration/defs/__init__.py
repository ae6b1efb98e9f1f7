"""Dagster's view of the steps: one module per step, thin over the plain Python that does the work."""
