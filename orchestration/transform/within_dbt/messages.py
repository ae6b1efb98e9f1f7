"""What dbt says: a message of each statement and change of its cache, which no log here keeps, a sixth of its time."""

import functools
from typing import Any


def without_debug(manager: type[Any]) -> Any:
    """Return an event manager that passes on all but messages for debugging, which are not even made.

    What lines must not show are the secrets of the environment that the process was started with.
    """
    from dbt_common.events import functions
    from dbt_common.events.base_types import BaseEvent, DebugLevel

    lines: Any = functions
    lines.env_secrets = functools.cache(lines.env_secrets)  # else the environment is gone through for each line
    event: Any = BaseEvent
    init, get = event.__init__, event.__getattr__

    def say_later(self: Any, *args: Any, **kwargs: Any) -> None:
        if isinstance(self, DebugLevel):
            object.__setattr__(self, "said", (args, kwargs))
        else:
            init(self, *args, **kwargs)

    def say_now(self: Any, key: str) -> Any:
        if "said" in vars(self):
            args, kwargs = vars(self).pop("said")
            init(self, *args, **kwargs)
        return get(self, key)

    event.__init__, event.__getattr__ = say_later, say_now

    class Manager(manager):
        def fire_event(self, e: Any, level: Any = None, **kwargs: Any) -> None:
            if level is not None or not isinstance(e, DebugLevel):
                super().fire_event(e, level=level, **kwargs)

    return Manager()
