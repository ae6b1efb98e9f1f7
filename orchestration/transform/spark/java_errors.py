"""What an error of Spark says, without Java's stacks, and what is to be done where Spark can't reach its storage."""

_NO_LIBRARY = ("FileSystem not found", "No FileSystem for scheme")


def in_words(error: Exception) -> str:
    """The lines of an error that are for people, each once, and a hint where a library is missing that buckets need."""
    said = [line.strip().removeprefix(": ") for line in str(error).splitlines() if not line.startswith("\t")]
    lines = list(dict.fromkeys(line for line in said if line))
    if any(words in line for words in _NO_LIBRARY for line in lines):
        lines.append(
            "Spark lacks what reads such a storage, for s3:// hadoop-aws of the version of its Hadoop (docs/scaling.md)"
        )
    return "\n".join(lines)
