"""`python -m tests.corpus`: the workspace of now."""

from tests.corpus import main

main()
