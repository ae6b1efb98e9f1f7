"""Addresses as people write them, and as browsers name them."""

import pytest

from orchestration.runs.addresses import address_of


@pytest.mark.parametrize(
    ("written", "named"),
    [
        ("https://mart.acme.com", "https://mart.acme.com"),
        ("https://mart.acme.com/", "https://mart.acme.com"),
        ("HTTPS://Mart.Acme.com:443", "https://mart.acme.com"),
        ("https://mart.acme.com:8443/", "https://mart.acme.com:8443"),
        ("http://127.0.0.1:80", "http://127.0.0.1"),
        ("http://127.0.0.1:443", "http://127.0.0.1:443"),
        ("http://[::1]:3000", "http://[::1]:3000"),
        ("https://bücher.example", "https://xn--bcher-kva.example"),
    ],
)
def test_an_address_is_named_as_browsers_do(written: str, named: str) -> None:
    assert address_of(written) == named


@pytest.mark.parametrize(
    "written",
    [
        "mart.acme.com", "ftp://mart.acme.com", "https://", "https://mart.acme.com/dagster", "https://a.b:port",
        "https://a.b:70000", "https://me@a.b", "", "*",
    ],
)  # fmt: skip
def test_what_no_browser_names_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"expected an address such as|Port"):
        address_of(written)
