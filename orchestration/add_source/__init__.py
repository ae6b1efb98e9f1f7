"""`funnelmart add-source`: look at a file, guess what it is, propose a mapping, prove it, write it."""
