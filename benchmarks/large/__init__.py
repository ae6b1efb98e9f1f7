"""A large made-up company: its files, its settings, and the plain script that is the yardstick for it."""
