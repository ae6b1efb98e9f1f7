"""Type: text becomes values as the columns declare them; people become hashes."""
