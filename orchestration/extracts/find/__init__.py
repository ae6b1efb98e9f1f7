"""Find: which files a source has, here or far away, and what is in them."""
