"""Somebody is told: what has changed for the worse in a run, once, and nothing is lost where nobody answers."""
