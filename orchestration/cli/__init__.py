"""The command `funnelmart`: one module a command, registered on `app` by `commands`, started by `__main__`."""
