"""What keeps `--yes` from writing: doubts that change figures, and others where rows would be lost under them."""

from orchestration.add_source.add import Addition
from orchestration.errors import DoubtError


def stop_at_doubts(addition: Addition) -> None:
    """A guess is proved by the data or doubted.

    Raises:
        DoubtError: a doubt changes figures, or a file that is doubted can't be read without loss.
    """
    stopping = [
        f"{', '.join(proposal.files)}: {doubt}"
        for proposal, proof in addition.proofs
        for doubt in proposal.doubts
        if doubt.matters or proof.refused
    ]
    if stopping := list(dict.fromkeys(stopping)):
        raise DoubtError("not proved, and it changes figures:\n" + "\n".join(f"! {line}" for line in stopping))
