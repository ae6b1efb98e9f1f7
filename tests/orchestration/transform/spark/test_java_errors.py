"""Errors of Spark come with the stacks of Java, which say nothing to whoever runs a pipeline."""

from orchestration.transform.spark.java_errors import in_words

NO_CLASS = "java.lang.ClassNotFoundException: Class org.apache.hadoop.fs.s3a.S3AFileSystem not found"
MISSING = f"""An error occurred while calling o56.sql.
: org.apache.spark.SparkException: Unable to create database default as failed to create its directory s3a://acme/1.
\tat org.apache.spark.sql.catalyst.catalog.InMemoryCatalog.createDatabase(InMemoryCatalog.scala:120)
\tat java.base/java.lang.Thread.run(Thread.java:840)
Caused by: {NO_CLASS}
\t... 24 more
Caused by: {NO_CLASS}
\t... 81 more
"""


def test_stacks_are_left_out_and_a_missing_library_is_named() -> None:
    first, where, cause, hint = in_words(RuntimeError(MISSING)).splitlines()
    assert first == "An error occurred while calling o56.sql."
    assert where.startswith("org.apache.spark.SparkException: Unable to create database default")
    assert cause == f"Caused by: {NO_CLASS}"
    assert "hadoop-aws of the version of its Hadoop" in hint


def test_other_errors_are_told_as_they_are() -> None:
    said = "[TABLE_OR_VIEW_NOT_FOUND] The table `raw`.`leads` cannot be found.\nSQLSTATE: 42P01; line 1 pos 14"
    assert in_words(ValueError(said)) == said
