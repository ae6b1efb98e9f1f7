"""One API over HTTP: pages, rate limits, retries, and errors of one line that hold no secret."""

import importlib
import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.auth import AuthBase

from orchestration.errors import MissingExtraError, PullError
from orchestration.settings.credentials import hide_secrets, one_line

Headers = Callable[[], Mapping[str, str]]
Judge = Callable[[requests.Response], bool]

ATTEMPTS = 6
BACKOFF_SECONDS = 1.0
LONGEST_WAIT_SECONDS = 300.0
_REFUSED = (401, 403)
_SAID = ("message", "error_description", "detail", "title", "error_string", "error_detail", "error")


def paginator(name: str, *args: Any, **options: Any) -> Any:
    """Return a paginator of dlt by its class name."""
    return getattr(_dlt("dlt.sources.helpers.rest_client.paginators"), name)(*args, **options)


class Api:
    """What is at `base_url`; `headers` authenticate and are asked for before each request, since tokens expire.

    Too many requests (429, after the seconds of Retry-After), errors of the server, time-outs, broken connections and
    answers that `is_busy` recognises are tried again. `is_refused` recognises answers that mean a bad credential where
    the vendor has other codes than 401 and 403 for it; `credentials` says which variables to look at then.
    """

    def __init__(
        self,
        name: str,
        base_url: str,
        headers: Headers,
        credentials: str,
        is_busy: Judge | None = None,
        is_refused: Judge | None = None,
    ):
        self.name, self._headers, self._credentials = name, headers, credentials
        self._is_refused = is_refused or (lambda response: False)
        client = _dlt("dlt.sources.helpers.requests").Client(
            raise_for_status=False,
            request_max_attempts=ATTEMPTS,
            request_backoff_factor=BACKOFF_SECONDS,
            request_max_retry_delay=LONGEST_WAIT_SECONDS,
            retry_condition=None if is_busy is None else lambda answer, _: answer is not None and is_busy(answer),
            session_attrs={"max_redirects": 0},  # a redirect would take the credentials to another host
        )
        rest = _dlt("dlt.sources.helpers.rest_client")
        self._rest = rest.RESTClient(base_url, auth=_Authenticated(name, headers, base_url), session=client.session)

    def pages(self, path: str, paginator: Any, method: str = "GET", **request: Any) -> Iterator[dict[str, Any]]:
        """Yield the answers of all pages as they came; an answer without content (204) ends them.

        Raises:
            PullError: a page can't be had in the end, or is no JSON.
        """
        hooks = {"response": [self._look]}
        try:
            for page in self._rest.paginate(
                path, method=method, paginator=paginator, data_selector="$", hooks=hooks, **request
            ):
                yield page.response.json()
        except (requests.RequestException, ValueError) as error:
            raise self._error(method, path, error) from None

    def answer(self, path: str, method: str = "GET", **request: Any) -> Any:
        """Return the JSON of a single answer.

        Raises:
            PullError: it can't be had in the end, or is no JSON.
        """
        try:
            return self.response(path, method, **request).json()
        except ValueError as error:
            raise self._error(method, path, error) from None

    def response(self, path: str, method: str = "GET", **request: Any) -> requests.Response:
        """Return a single answer, whatever is in it.

        Raises:
            PullError: it can't be had in the end.
        """
        try:
            answer: requests.Response = self._rest.request(path, method=method, **request)
            answer.raise_for_status()
        except requests.RequestException as error:
            raise self._error(method, path, error) from None
        return answer

    def _look(self, response: requests.Response, *_: Any, **__: Any) -> None:
        if response.status_code == requests.codes.no_content:
            raise _dlt("dlt.sources.helpers.rest_client.exceptions").IgnoreResponseException
        response.raise_for_status()

    def _error(self, method: str, path: str, error: Exception) -> PullError:
        secrets = list(self._headers().values())
        secrets += [value.partition(" ")[2] for value in secrets]
        answer = getattr(error, "response", None)
        if answer is None:
            what = "the answer is no JSON" if isinstance(error, ValueError) else one_line(error)
            return PullError(f"{self.name}: {method} {path}: {hide_secrets(what, secrets)}")
        said = f"{self.name}: {method} {path} answered {answer.status_code}: {hide_secrets(_reason(answer), secrets)}"
        if answer.status_code in _REFUSED or self._is_refused(answer):
            said += f"; {self._credentials} may have expired or lack a right"
        return PullError(said)


class _Authenticated(AuthBase):
    """Adds the headers as the request goes out, so that no log of it holds them, and to the host of the API only."""

    def __init__(self, name: str, headers: Headers, base_url: str):
        self._name, self._headers, self._host = name, headers, urlsplit(base_url).netloc

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        host = urlsplit(str(request.url)).netloc
        if host != self._host:
            raise PullError(f"{self._name}: the next page is on {host}, not on {self._host}; it was not asked for")
        request.headers.update(self._headers())
        return request


def _reason(answer: requests.Response) -> str:
    """What the server says went wrong, in its own words, else the usual words for its status."""
    try:
        said = answer.json()
    except ValueError:
        said = None
    while isinstance(said, dict | list):
        if isinstance(said, list):
            said = said[0] if said else None
            continue
        said = next((said[key] for key in _SAID if said.get(key)), json.dumps(said)[:200] if said else None)
    return " ".join(str(said or answer.reason or "no reason given").split())[:300]


def _dlt(module: str) -> Any:
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise MissingExtraError(f"pulling from APIs needs an optional package: {error}") from error
