"""Addresses of web pages: of what stands behind the ? only the tags of a campaign and the ids of clicks are kept."""

import re

# The ids that models read (dbt_project/macros/channels/url_tags.sql) are among them.
CLICK_IDS = (
    "gclid", "gbraid", "wbraid", "msclkid", "yclid", "ttclid", "li_fat_id", "fbclid", "dclid", "twclid", "rdt_cid",
)  # fmt: skip
_KEPT = rf"(?:utm_[a-z_]+|{'|'.join(CLICK_IDS)})=[^&#;?]*"
_PAGE = re.compile(r"(?:^|_)(?:landing_page|url|page_location|referrer|referer)(?:_|$)")


def holds_pages(column: str) -> bool:
    """Whether a column is called like one of addresses of web pages."""
    return bool(_PAGE.search(column))


def says_more(column: str) -> str:
    """SQL: whether an address says more behind its ? or # than what is kept."""
    whole = rf"(?i)[^?#]*(?:\?(?:{_KEPT}(?:[&;#]{_KEPT})*)?)?"
    return f"((contains({column}, '?') or contains({column}, '#')) and not regexp_full_match({column}, '{whole}'))"


def cut(column: str) -> str:
    """SQL: the address with what is kept of its query; tags behind a # stand behind the ? then."""
    page = f"regexp_extract({column}, '^[^?#]*')"
    said = f"string_split_regex(substr({column}, length({page}) + 1), '[?&#;]')"
    kept = f"list_filter({said}, x -> regexp_full_match(x, '(?i){_KEPT}'))"
    return f"({page} || case when len({kept}) > 0 then '?' || array_to_string({kept}, '&') else '' end)"
