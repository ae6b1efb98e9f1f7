"""Tables worked on side by side, each in one thread: a core each, where DuckDB's own threads wait for one another.

To write a table of 1.2 million wide rows, in order and in little memory, takes twice as long in processor time with two
threads of DuckDB's own, which wait for each other's memory in a circle.
"""

import os
import queue
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_EXCEPTION, CancelledError, ThreadPoolExecutor, wait
from contextlib import ExitStack
from typing import TypeVar

from orchestration.publish.calls import Database
from orchestration.settings import Settings

Item = TypeVar("Item")
Result = TypeVar("Result")
_PATIENCE = 0.2  # seconds


def threads_of(settings: Settings) -> int:
    """How many tables are worked on at once: the threads that the workspace says, else all cores."""
    return settings.engine.threads or os.cpu_count() or 1


def side_by_side(
    mart: Database, threads: int, work: Callable[[Database, Item], Result], items: Sequence[Item]
) -> list[Result]:
    """Do `work` with each item, begun in their order; returns the results in their order.

    With one thread that is all done on `mart`, one after the other; with more, on connections beside it. What is
    written by then must be committed. If one fails, what is not begun is left, what runs is ended.

    Raises:
        BaseException: the first that `work` raised.
    """
    if min(threads, len(items)) < 2:
        return [work(mart, item) for item in items]
    with ExitStack() as opened:
        connections = [opened.enter_context(mart.beside()) for _ in range(min(threads, len(items)))]
        free: queue.SimpleQueue[Database] = queue.SimpleQueue()
        for connection in connections:
            connection.execute("set TimeZone = 'UTC'")
            free.put(connection)

        failed: list[BaseException] = []

        def one(item: Item) -> Result:
            connection = free.get()
            try:
                if failed:
                    raise CancelledError
                return work(connection, item)
            except BaseException as error:
                failed.append(error)  # here, since this thread takes the next item before the caller hears of it
                raise
            finally:
                free.put(connection)

        with ThreadPoolExecutor(len(connections)) as pool:
            begun = [pool.submit(one, item) for item in items]
            try:
                wait(begun, return_when=FIRST_EXCEPTION)
            finally:
                pool.shutdown(wait=False, cancel_futures=True)
                while running := [future for future in begun if not future.done()]:
                    for connection in connections:
                        connection.interrupt()
                    wait(running, _PATIENCE)  # again then: what was between two statements has begun the next one
    if failed:
        raise failed[0]
    return [future.result() for future in begun]
