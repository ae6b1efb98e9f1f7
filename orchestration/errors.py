"""The project's own errors: each says what is wrong, where, what was expected, and what to do next."""

import errno
import os

_NO_SPACE = (errno.ENOSPC, errno.EDQUOT)
_ANOTHER_KIND = (errno.EISDIR, errno.ENOTDIR, errno.EEXIST, errno.ENOTEMPTY)


class FunnelmartError(Exception):
    """Anything funnelmart itself refuses or fails at; `exit_code` is what the command line ends with.

    `next_step` is the default of the class, one line for people; `{workspace}` in it stands for the folder.
    """

    exit_code = 1
    next_step = "Look at {workspace}/.funnelmart/logs/run.log, or run again with --verbose."


class SettingsError(FunnelmartError):
    """A mistake in funnelmart.yml, in the environment or on the command line."""

    exit_code = 2
    next_step = "Correct it, then check without writing anything: funnelmart validate -w {workspace}"


class ChangedSettingsError(SettingsError):
    """funnelmart.yml is not what it was when a command began to add to it."""

    next_step = "Do the same once more: it begins with the settings as they are now."


class FullDiskError(FunnelmartError):
    """The workspace's disk has run full under a command."""

    next_step = "Free some space, or move the workspace to a larger disk; then run again: nothing of it needs a hand."


class UnusableFileError(FunnelmartError):
    """The system refuses a file, or a folder: not the caller's to read or write, gone meanwhile, of another kind."""

    next_step = (
        "Let who runs funnelmart read and write there (`ls -la` shows whose it is), or run it as its owner; then try "
        "again: what was published before stays."
    )

    @classmethod
    def of(cls, error: BaseException) -> "FunnelmartError | None":
        """What is to be said of an error of the system that names the file; None of any other error."""
        if not isinstance(error, OSError) or not error.filename or not error.strerror:
            return None
        is_another_kind = error.errno in _ANOTHER_KIND
        named = error.filename2 if is_another_kind and error.filename2 else error.filename  # where it was to be put
        said = f"{os.fsdecode(named)}: {error.strerror}"
        if error.errno in _NO_SPACE:
            return FullDiskError(said)
        if is_another_kind:
            return OtherKindError(said)
        return GoneFileError(said) if error.errno == errno.ENOENT else cls(said)


class OtherKindError(UnusableFileError):
    """A folder lies where a file is expected, or a file where a folder is."""

    next_step = "Move away what lies there, and try again: what was published before stays."


class GoneFileError(UnusableFileError):
    """A file or folder that was there is not any more."""

    next_step = "See whether it was moved or deleted meanwhile, and try again: what was published before stays."


class NoLockError(UnusableFileError):
    """Something else lies where the lock of the workspace is expected."""

    next_step = "Take it away: the next run makes the lock anew, which holds nothing that is missed. Then run again."


class NoWorkspaceError(SettingsError):
    """The folder has no funnelmart.yml."""

    next_step = "Make one: funnelmart init {workspace}   (or name another folder with -w)"


class NoWorkspaceNamedError(NoWorkspaceError):
    """Nobody says which workspace is meant."""

    next_step = (
        "Name it: -w DIR (the demo: -w demo), or FUNNELMART_WORKSPACE, or go to its folder; a new one: "
        "funnelmart init DIR"
    )


class CredentialsError(SettingsError):
    """A credential that the settings make necessary is missing in the environment."""

    next_step = "Set it in the environment of the command, never in a file of the workspace; then run again."


class MissingExtraError(SettingsError):
    """Something optional isn't installed."""

    next_step = (
        "Install it in the folder of funnelmart: .venv/bin/pip install -r requirements.lock "
        "(or, unpinned, pip install '.[remote,pull,mcp]')."
    )


class SparkMissingError(SettingsError):
    """The workspace's engine is Spark, and this environment can't start it."""

    next_step = (
        "In the folder of funnelmart: make spark (Java 17 and pyspark, in .venv-spark), then run "
        ".venv-spark/bin/funnelmart; or take `engine.target: spark` out of {workspace}/funnelmart.yml."
    )


class DbtVersionError(SettingsError):
    """The environment has no dbt, or one that the models were not tried with."""

    next_step = (
        "Install one that fits, in the folder of funnelmart: .venv/bin/pip install -r requirements.lock "
        "(or, unpinned, pip install 'dbt-core>=1.11,<1.13')."
    )


class UnknownFileError(SettingsError):
    """A file of which `add-source` can make nothing by itself; nothing is written."""

    next_step = (
        "Mend the file, or say what it is: funnelmart add-source FILE --entity ENTITY -w {workspace}; "
        "or map it by hand in {workspace}/funnelmart.yml."
    )


class DoubtError(SettingsError):
    """What `add-source` guesses is not proved by the files, and changes figures; nothing is written."""

    next_step = (
        "Look at each line marked ! and mend the files, answer without --yes, or take the guesses as they are: "
        "--accept-doubts (then correct them in {workspace}/funnelmart.yml)."
    )


class ExtractError(FunnelmartError):
    """A file that can't be read as the source describes it; the file is refused, the others go on."""

    next_step = "Correct the file, or say under `formats` in {workspace}/funnelmart.yml how it is written."


class ReaderFailedError(ExtractError):
    """A file whose reading failed in a way that says nothing of the file; tried again by the next run."""


class LacksMemoryError(ReaderFailedError):
    """A file that takes more memory than there was for it."""


class RemoteError(FunnelmartError):
    """A remote place can't be reached or listed to its end; nothing of its source is loaded, other sources go on.

    `may_pass` says whether trying again may heal it: a network fails for moments, a missing permission stays missing.
    """

    next_step = (
        "Look at address, network and the credentials in the environment (docs/remote.md), then run again; "
        "what was published before stays."
    )

    def __init__(self, message: str, may_pass: bool = True):
        super().__init__(message)
        self.may_pass = may_pass


class PullError(FunnelmartError):
    """An API could not be read to the end; no file of that source was written, others go on."""

    next_step = (
        "Look at the credentials in the environment and at the rights behind them (docs/pulling.md), then pull again: "
        "funnelmart pull -w {workspace}"
    )


class TransformError(FunnelmartError):
    """dbt failed; nothing is published, the last good mart stays."""

    next_step = "Read what dbt said in {workspace}/.funnelmart/logs/dbt.log; `funnelmart run --verbose` shows it live."


class ChecksFailedError(FunnelmartError):
    """A critical check failed: nothing is published, the last good mart stays."""

    exit_code = 3
    next_step = (
        "See why: funnelmart explain CHECK -w {workspace}. Correct the extracts, change a threshold or severity under "
        "`checks` in funnelmart.yml, or publish in spite of one check this once: funnelmart run --accept CHECK "
        "--reason '…' -w {workspace}"
    )


class ChecksNotRunError(FunnelmartError):
    """A critical check could not be evaluated: nobody knows whether the data is right, so nothing is published."""

    next_step = (
        "Mend what the message names and run again: nothing was found that could be accepted. A check that is not "
        "needed gets another severity under `checks` in {workspace}/funnelmart.yml."
    )


class ChecksLackMemoryError(ChecksNotRunError):
    """A critical check took more memory than there was for it."""

    next_step = (
        "Raise engine.memory_limit in {workspace}/funnelmart.yml, as far as the machine allows, and run again: "
        "funnelmart run -w {workspace}"
    )


class PublishError(FunnelmartError):
    """The new mart could not be built or verified; the published one was not touched."""

    next_step = "Build and publish again: funnelmart run -w {workspace}"


class CannotPublishThereError(PublishError):
    """The system refuses a file or a folder that the new mart goes to; to run again changes nothing of that."""

    next_step = UnusableFileError.next_step


class DamagedMartError(PublishError):
    """A kept mart that can't be published again; what is published was not touched."""

    next_step = (
        "Choose another one: funnelmart rollback --list -w {workspace}, then --to NAME; or build and publish again: "
        "funnelmart run -w {workspace}"
    )


class CannotCompareError(FunnelmartError):
    """Two marts can't be compared: one is missing or is none."""

    exit_code = 2
    next_step = "Name two files, or list the kept marts: funnelmart rollback --list -w {workspace}"


class UsageError(SettingsError):
    """Arguments of a command that it doesn't take, or that don't go together; COMMAND stands for its name."""

    next_step = "What it takes: funnelmart COMMAND --help"


class QueryError(FunnelmartError):
    """A question that the published mart can't or may not answer."""

    exit_code = 2
    next_step = (
        'See what there is: funnelmart sql "show tables"; what a table holds: funnelmart sql "describe kpi_total"'
    )


class ServiceEndedError(FunnelmartError):
    """A part of `funnelmart ui` has ended though nobody asked it to."""

    next_step = "What it said of itself stands above. Start all of it again: funnelmart ui"


class BrokenWarehouseError(FunnelmartError):
    """The working database is damaged or no database; it can be made again."""

    next_step = (
        "Make it again from the archive: funnelmart rebuild -w {workspace}. Without an archive restore it from a "
        "backup; or delete {workspace}/warehouse.duckdb and run again: every extract that is still there is read "
        "again, rows of extracts that are gone are lost, and the published mart stays until then."
    )


class NewerWarehouseError(FunnelmartError):
    """The working database was written by a newer funnelmart, in a layout that this one doesn't know."""

    next_step = (
        "Run the newer version; or, to stay with this one, restore the workspace from a backup, or make the working "
        "database again in this version's layout: funnelmart rebuild -w {workspace}. Nothing was changed."
    )


class ArchiveError(FunnelmartError):
    """The archive lacks what the working database would be made from, or a copy in it is damaged."""

    next_step = (
        "Put the named extracts back where they were, or restore {workspace}/archive from a backup; or go without "
        "them: funnelmart rebuild --without-missing -w {workspace}. Nothing was changed."
    )


class InterruptedRunError(FunnelmartError):
    """Somebody stopped the run: Ctrl-C (exit code 130) or SIGTERM (143); what was published before stays."""

    exit_code = 130
    next_step = "Run again whenever you like: funnelmart run -w {workspace}"

    def __init__(self, message: str = "interrupted; nothing was published", exit_code: int = 130):
        super().__init__(message)
        self.exit_code = exit_code


class KilledRunError(FunnelmartError):
    """A run whose process is gone without a word: killed by the system, or with the machine."""

    next_step = (
        "Memory is the usual reason: lower engine.memory_limit in {workspace}/funnelmart.yml, or give the machine "
        "more. The next run needs no hand: funnelmart run -w {workspace}"
    )


class WorkspaceLockedError(FunnelmartError):
    """Another run is writing to this workspace."""

    next_step = "See what runs: funnelmart status -w {workspace}"
