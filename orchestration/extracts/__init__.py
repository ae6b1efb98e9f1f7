"""From files to raw tables: discover, read, normalise, land. No Dagster in here."""
