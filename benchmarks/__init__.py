"""How fast the whole run is, and how much of that plain SQL would take (`make bench`)."""
