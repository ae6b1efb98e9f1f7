"""The demo's published tables as a list of contents that is committed: no figure changes without being seen."""
