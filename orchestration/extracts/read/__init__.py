"""Read: a file of any format becomes a table of text."""
