from tests.orchestration.extracts.conftest import workspace  # noqa: F401  a fixture
