"""Superset for one person on this machine: its own data lies in SUPERSET_HOME, nothing is fetched or sent."""

import os

SECRET_KEY = os.environ["SUPERSET_SECRET_KEY"]
SQLALCHEMY_DATABASE_URI = f"sqlite:///{os.environ['SUPERSET_HOME']}/superset.db"
# A file is what Superset takes for unsafe; here it is the mart, opened read-only.
PREVENT_UNSAFE_DB_CONNECTIONS = False
# Served on 127.0.0.1 over plain HTTP.
TALISMAN_ENABLED = False
CONTENT_SECURITY_POLICY_WARNING = False
SESSION_COOKIE_SAMESITE = "Lax"
