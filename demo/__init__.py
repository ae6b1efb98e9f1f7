"""The demo company: settings and a seeded generator of its extracts."""
