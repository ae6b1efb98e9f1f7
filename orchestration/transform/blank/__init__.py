"""Models that have no rows, since nothing that could give them rows has any: they are not built again."""
