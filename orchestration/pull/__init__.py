"""Pulling from APIs of CRMs and ad platforms into the files that the extract step reads; a module for each API."""
