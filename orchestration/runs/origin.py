"""What makes Dagster show a run with its job, whoever started it."""

from typing import Any

# Dagster's own, which only runs that it starts itself get: a job's list of runs goes by this tag, the overview by the
# origin below.
SHOWN_WITH_ITS_JOB = {".dagster/repository": "__repository__@orchestration.definitions"}


def origin_of(job: str) -> dict[str, Any]:
    """Where a job comes from, as Dagster writes it down for the runs that it starts itself."""
    location = {
        "__class__": "ManagedGrpcPythonEnvRepositoryLocationOrigin",
        "loadable_target_origin": {"__class__": "LoadableTargetOrigin", "module_name": "orchestration.definitions"},
        "location_name": "orchestration.definitions",
    }
    repository = {
        "__class__": "ExternalRepositoryOrigin",
        "repository_location_origin": location,
        "repository_name": "__repository__",
    }
    return {"__class__": "ExternalPipelineOrigin", "external_repository_origin": repository, "pipeline_name": job}
