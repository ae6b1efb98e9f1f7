"""The pipeline: settings, extraction, Dagster definitions, publication and the command line."""
