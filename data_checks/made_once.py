"""What Great Expectations makes again and again though it stays as it is: a quarter of what checks of little data take.

Imported where it is used, since Great Expectations takes seconds.
"""

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from great_expectations.core import id_dict
from great_expectations.expectations.expectation import Expectation

_PLAIN = frozenset({str, int, bool, type(None)})


@contextmanager
def configurations_made_once() -> Iterator[None]:
    """Within the block an expectation's `configuration` is made once: for a run it is asked for it some ninety times.

    Each who asks has an object of his own, as before; an expectation that has changed makes another.
    """
    known: dict[int, tuple[Any, dict[str, Any]]] = {}  # by id, which no other has as long as it is here
    found: dict[int, Any] = {}
    made: Any = Expectation.configuration

    def configuration(self: Any) -> Any:
        asked, fields = known.get(id(self), (None, {}))
        if asked is None or fields != self.__dict__:
            found[id(self)] = made.fget(self)
            known[id(self)] = (self, dict(self.__dict__))
        whole = found[id(self)]
        own = copy.copy(whole)
        own.kwargs, own.meta = dict(whole.kwargs), dict(whole.meta)
        return own

    expectation: Any = Expectation
    expectation.configuration = property(configuration, doc=made.__doc__)
    try:
        yield
    finally:
        expectation.configuration = made


def keep_no_project(context: Any) -> None:
    """Let a context in memory not write its whole project as YAML, which nobody reads, for each table it is told of."""
    context.variables.save = lambda: None


@contextmanager
def plain_words_at_once() -> Iterator[None]:
    """Within the block words, whole numbers and nulls, which JSON has, are not asked what else they might be.

    The name of each of thousands of metrics is a hash of such a document; of a null it asks numpy six times.
    """
    module: Any = id_dict
    convert = module.convert_to_json_serializable

    def converted(data: Any) -> Any:
        is_plain = all(type(name) is str and type(value) in _PLAIN for name, value in data.items())
        return data if is_plain else convert(data)

    module.convert_to_json_serializable = converted
    try:
        yield
    finally:
        module.convert_to_json_serializable = convert
