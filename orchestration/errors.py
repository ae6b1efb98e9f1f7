"""The project's own errors: each says what is wrong, where, and what was expected."""


class FunnelmartError(Exception):
    """Anything funnelmart itself refuses or fails at; `exit_code` is what the command line ends with."""

    exit_code = 1


class SettingsError(FunnelmartError):
    """A mistake in funnelmart.yml, in the environment or on the command line."""

    exit_code = 2


class ExtractError(FunnelmartError):
    """A file that can't be read as the source describes it; the file is refused, the others go on."""


class TransformError(FunnelmartError):
    """dbt failed; nothing is published, the last good mart stays."""


class ChecksFailedError(FunnelmartError):
    """A critical check failed: nothing is published, the last good mart stays."""

    exit_code = 3


class PublishError(FunnelmartError):
    """The new mart could not be built or verified; the published one was not touched."""


class WorkspaceLockedError(FunnelmartError):
    """Another run is writing to this workspace."""
