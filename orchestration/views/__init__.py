"""What faces read from a published mart."""
