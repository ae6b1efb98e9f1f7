"""The same models on Apache Spark: what lies in its lake, how a session is opened, how a statement is said to it."""
