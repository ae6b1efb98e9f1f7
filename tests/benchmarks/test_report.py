"""Tables, targets, picture and the comparison with what was recorded, from measurements made up here."""

from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

from benchmarks.bench import Bench
from benchmarks.measure import Measurement
from benchmarks.picture import draw
from benchmarks.recorded import check, load, record
from benchmarks.report import tables

STEPS = {"start-up": 4.0, "landing": 5.0, "dbt": 9.0, "checks": 6.0, "publish": 1.0, "reports": 2.0}


def runs(*cpu_seconds: float) -> list[Measurement]:
    return [Measurement(seconds + 5, seconds, 2**29) for seconds in cpu_seconds]


def measured(name: str = "large:0.02", cold: tuple[float, ...] = (25, 15, 20)) -> Bench:
    return Bench(
        name=name,
        bytes=98_000_000,
        runs={"cold": runs(*cold), "nothing new": runs(1), "one more day": runs(5), "plain": runs(2, 3, 2.5)},
        steps={"cold": [STEPS]},
        totals={"leads": Decimal(97436), "revenue": Decimal("5000000.50")},
    )


def test_medians_ratios_targets_steps_and_figures() -> None:
    lines = tables([measured()]).splitlines()

    assert "| large:0.02 | 98.0 MB | cold | 25.0 s | 20.0 s | 0.50 GiB | 3.3 | 8.0 |" in lines
    assert "|  |  | plain | 7.5 s | 2.5 s | 0.50 GiB | 1.0 | 1.0 |" in lines
    assert "| large:0.02 | cold | 6 times plain | 3.33 | met |" in lines
    assert "| large:0.02 | nothing new | 4 seconds | 6.00 | **not met** |" in lines
    assert "| large:0.02 | one more day | 0.4 of cold | 0.40 | met |" in lines
    assert "| large:0.02 | cold | 4.0 s | 5.0 s | 9.0 s | 6.0 s | 1.0 s | 2.0 s |" in lines
    assert "| large:0.02 | leads 97,436, revenue 5,000,000.50 | agree |" in lines


def test_measurements_come_back_from_the_file_and_replace_those_of_the_same_company(tmp_path: Path) -> None:
    path = tmp_path / "results.json"
    record(path, [measured("large:0.02"), measured("large:0.2")])

    assert record(path, [measured("large:0.2", cold=(50,))]) == load(path)
    assert load(path) == [measured("large:0.02"), measured("large:0.2", cold=(50,))]


def measured_day(*cpu_seconds: float, cold: float = 20) -> Bench:
    found = measured(cold=(cold,))
    found.runs["one more day"] = runs(*cpu_seconds)
    return found


def test_a_ratio_may_be_worse_by_its_noise_and_no_more() -> None:
    recorded = [measured_day(20, 20, 20)]  # 8 times the plain script; as much again is tolerated

    assert check([measured_day(24, 30, 30)], recorded) == []
    [line] = check([measured_day(41, 41, 41)], recorded)
    assert (
        line == "large:0.02, one more day: 16.4 times the plain script's processor time; recorded 8.0, tolerated 16.0"
    )
    assert check([measured_day(41, 41, 41)], [measured_day(8, 20, 34)]) == []  # it was as noisy as that


def test_a_second_more_of_a_run_of_one_second_says_nothing() -> None:
    slow = measured_day(20)
    slow.runs["nothing new"] = runs(2.9)

    assert check([slow], [measured_day(20)]) == []
    slow.runs["nothing new"] = runs(12)
    assert [line.split(":")[1] for line in check([slow], [measured_day(20)])] == ["0.02, nothing new"]


def test_a_first_run_that_had_to_read_the_project_is_no_worse() -> None:
    assert check([measured_day(20, cold=60)], [measured_day(20)]) == []


def test_the_picture_has_a_line_for_each_kind_of_run() -> None:
    benches = [measured("acme"), measured("large:0.02"), measured("large:0.2", cold=(100, 120, 110))]
    picture = ElementTree.fromstring(draw(benches))
    space = "{http://www.w3.org/2000/svg}"

    assert len(picture.findall(f"{space}polyline")) == 4
    assert len(picture.findall(f"{space}circle")) == 8
    assert {"cold", "plain", "one more day", "0.02", "0.2"} <= {text.text for text in picture.iter(f"{space}text")}


def test_names_of_lines_that_end_alike_stand_apart() -> None:
    found = measured("large:0.02")
    found.runs["full rebuild"] = found.runs["cold"]
    picture = ElementTree.fromstring(draw([found]))
    texts = {text.text: float(text.attrib["y"]) for text in picture.iter("{http://www.w3.org/2000/svg}text")}

    assert abs(texts["cold"] - texts["full rebuild"]) >= 14
