"""Land: rows go into the raw tables, and the manifest says which file gave which."""
