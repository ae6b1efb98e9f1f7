"""What a session is opened with follows from how much raw there is; what SQL means there does not."""

from orchestration.transform.spark.options import MEANING, SMALL, session_options


def test_small_data_is_planned_once_and_large_data_as_it_goes() -> None:
    small, large = (session_options(size, 4, "2000m", "/b", "/t") for size in (SMALL - 1, SMALL))
    assert small["spark.sql.adaptive.enabled"] == "false"
    assert "spark.sql.adaptive.enabled" not in large  # Spark's own default
    assert small["spark.sql.shuffle.partitions"] == "4"
    assert "spark.sql.shuffle.partitions" not in large
    assert MEANING.items() <= small.items() & large.items()
    assert large.items() <= small.items()


def test_a_build_has_its_own_folder() -> None:
    options = session_options(0, 4, "2000m", "/lake/builds/1", "/spilt")
    assert options["spark.sql.warehouse.dir"] == "/lake/builds/1"
    assert (options["spark.driver.memory"], options["spark.local.dir"]) == ("2000m", "/spilt")
