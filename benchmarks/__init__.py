"""Benchmarks: the whole run against one plain DuckDB script."""
