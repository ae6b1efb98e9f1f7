"""A web server that ends in order, however often and by whomever it is told."""

from types import FrameType

import uvicorn


class OrderlyServer(uvicorn.Server):
    """Ctrl+C reaches it from the terminal, and its end by the pipe as well: both ask for the same."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Stop once what is being answered is answered; uvicorn raises the signal again, with a traceback."""
        self.should_exit = True
