"""Each fault that was ever tried and did not end well, by its number: the tests that restate it.

`python -m tests.faults.rows` prints the tests.
"""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_ODD, _STATE, _VALUES = "faults/test_odd_files.py", "faults/test_state.py", "faults/test_values.py"
_FILES = f"{_ODD}::test_it_is_refused_by_name_and_the_good_one_is_landed"
_SETTINGS = f"{_ODD}::test_settings_that_cannot_be_read_are_one_error"
_GUARD, _HISTORY = "orchestration/runs/test_guard.py", "orchestration/publish/test_history.py"
_WAREHOUSE, _KEY = "orchestration/test_warehouse.py", "orchestration/settings/test_person_key.py"
_LAYOUT = "orchestration/extracts/land/test_layout.py"
_DAMAGED = f"{_WAREHOUSE}::test_a_damaged_warehouse_is_not_taken_for_an_open_one"
_OTHER_KEY = f"{_KEY}::test_a_key_that_is_not_the_one_is_refused"
_STOPPED = "end_to_end/test_interruption.py::test_an_interrupted_run_says_so_and_publishes_nothing"
_REBUILT = "orchestration/cli/test_people.py::test_a_damaged_warehouse_comes_back_from_the_archive"
_HIDDEN = "orchestration/extracts/land/test_hide_people.py::test_nobody_stands_in_a_column_of_something_else"
_SCAN = "end_to_end/test_people.py"
_NOWHERE = f"{_SCAN}::test_no_output_names_anybody"
_LOOKED_AT = "orchestration/add_source/test_people.py"

ROWS: dict[int, tuple[str, ...]] = {
    5: (
        f"{_STATE}::test_5_a_dbt_that_was_killed_says_what_to_set",
        "end_to_end/test_interruption.py::test_a_dbt_that_the_system_kills_says_that_memory_is_the_usual_reason",
    ),
    7: (_STOPPED,),
    8: (_STOPPED,),
    9: (f"{_WAREHOUSE}::test_what_a_killed_run_left_is_removed_by_the_next",),
    10: (f"{_HISTORY}::test_a_log_that_takes_no_line_is_found_before_the_swap",),
    11: ("orchestration/publish/test_parquet.py::test_a_folder_in_the_place_of_the_link_is_found_before_the_swap",),
    16: (f"{_STATE}::test_16_a_build_record_that_is_cut_off_is_no_build",),
    22: (_FILES,),
    23: (f"{_ODD}::test_23_members_that_lead_out_of_an_archive_are_refused_and_counted",),
    **dict.fromkeys((24, 25, 26, 27, 31, 32, 35, 36, 46, 47, 48, 49, 50), (_FILES,)),
    41: (
        f"{_VALUES}::test_41_114_115_what_nobody_meant_is_not_read",
        f"{_VALUES}::test_41_114_115_dates_and_zones_by_accident_are_in_quarantine",
    ),
    56: (f"{_ODD}::test_56_web_addresses_are_not_fetched",),
    **dict.fromkeys((60, 61, 62, 63, 64), (_SETTINGS,)),
    66: (f"{_STATE}::test_66_settings_that_no_company_has_are_refused",),
    67: (
        f"{_ODD}::test_67_the_folder_of_a_workspace_is_no_pattern",
        f"{_STATE}::test_67_the_folder_of_a_workspace_is_no_markup",
    ),
    71: ("orchestration/cli/test_terminal.py::test_71_escape_sequences_of_a_campaign_do_not_reach_the_terminal",),
    75: ("orchestration/extracts/type/test_urls.py::test_a_query_keeps_tags_and_clicks", _HIDDEN),
    76: (_HIDDEN, _NOWHERE),
    77: (_HIDDEN, "orchestration/extracts/type/test_in_text.py::test_addresses_and_telephones_have_a_form"),
    78: (_NOWHERE, f"{_SCAN}::test_of_the_working_database_only_raw_tables_name_people"),
    79: (_HIDDEN,),
    80: (
        f"{_LOOKED_AT}::test_the_terminal_shows_nobody",
        f"{_LOOKED_AT}::test_neither_the_document_nor_the_settings_name_anybody",
        f"{_LOOKED_AT}::test_a_file_of_which_nothing_can_be_used_names_nobody",
    ),
    81: (f"{_WAREHOUSE}::test_the_warehouse_and_what_a_run_unpacks_are_the_owners_alone",),
    82: (_OTHER_KEY, f"{_KEY}::test_a_weak_key_of_the_environment_is_refused"),
    83: (_OTHER_KEY,),
    84: (f"{_KEY}::test_what_an_editor_adds_at_its_end_changes_nothing",),
    85: (_OTHER_KEY,),
    87: (f"{_GUARD}::test_a_name_that_somebody_lets_point_here_is_not_this_server",),
    88: (_DAMAGED, _REBUILT),
    89: (_DAMAGED, _REBUILT),
    90: (_DAMAGED, _REBUILT),
    92: (f"{_LAYOUT}::test_92_an_older_manifest_is_brought_up_and_its_extracts_are_read_again",),
    93: (f"{_LAYOUT}::test_93_a_column_that_a_raw_table_lost_is_filled_again",),
    94: (f"{_LAYOUT}::test_94_rows_that_a_raw_table_lost_are_read_again",),
    95: ("orchestration/runs/test_broken_history.py::test_a_file_that_is_cut_off_sets_the_history_aside",),
    99: (f"{_STATE}::test_99_a_state_of_extracts_that_is_no_text_means_that_everything_is_new",),
    102: (f"{_GUARD}::test_graphql_by_get_is_refused",),
    103: (f"{_GUARD}::test_a_name_that_somebody_lets_point_here_is_not_this_server",),
    108: (f"{_HISTORY}::test_the_order_is_that_of_the_log_not_of_the_clock",),
    110: (
        f"{_STATE}::test_110_a_disk_that_is_nearly_full_is_named_before_work_starts",
        "faults/test_disk.py::test_110_a_run_says_which_disk_is_nearly_full",
    ),
    112: (
        f"{_VALUES}::test_112_113_money_up_to_ten_to_the_fifteenth_is_landed",
        f"{_VALUES}::test_112_113_large_money_counts_to_the_cent",
    ),
    113: (f"{_VALUES}::test_112_113_large_money_counts_to_the_cent",),
    114: (f"{_VALUES}::test_41_114_115_dates_and_zones_by_accident_are_in_quarantine",),
    115: (f"{_VALUES}::test_41_114_115_dates_and_zones_by_accident_are_in_quarantine",),
    116: (f"{_VALUES}::test_116_negative_money_counts_with_its_sign_and_warns",),
}


def defined(test: str) -> bool:
    """Whether the test is there."""
    file, _, name = test.partition("::")
    tree = ast.parse((ROOT / "tests" / file).read_text(encoding="utf-8"))
    return any(isinstance(node, ast.FunctionDef) and node.name == name for node in tree.body)


if __name__ == "__main__":
    print(" ".join(sorted({f"tests/{test}" for tests in ROWS.values() for test in tests})))
