"""Readers of file formats: each gives a temporary table of text."""
