"""The semantic layer: metrics written from the KPI catalogue, and `mf` on the published mart."""
