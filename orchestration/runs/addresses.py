"""The addresses under which a server is asked, as browsers name them in `Origin` and, without the scheme, in `Host`."""

from urllib.parse import urlsplit

_MEANT = {"http": 80, "https": 443}  # a port that the scheme means anyway is named by no browser


def address_of(text: str) -> str:
    """Return the address of a server as browsers name it: in small letters, in ASCII, without a port that goes unsaid.

    Raises:
        ValueError: it is no address, or one of a page below the server's.
    """
    parts = urlsplit(text.strip())
    name, port = parts.hostname or "", parts.port
    is_more = any((parts.path.strip("/"), parts.query, parts.fragment, parts.username))
    if parts.scheme not in _MEANT or not name or is_more or any(letter.isspace() for letter in name):
        raise ValueError(f"{text}: expected an address such as https://mart.acme.com, without a path")
    name = name if name.isascii() else name.encode("idna").decode("ascii")
    name = f"[{name}]" if ":" in name else name
    return f"{parts.scheme}://{name}" + ("" if port in (None, _MEANT[parts.scheme]) else f":{port}")
