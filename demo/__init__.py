"""The demo: settings of a made-up company and a seeded generator of two years of its extracts."""
