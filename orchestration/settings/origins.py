"""Which channel and which campaign the origin of a lead means."""

from typing import Any, Literal

from pydantic import Field, field_validator

from orchestration.settings.strict import Strict, lists


class _OriginRule(Strict):
    """First match wins; all conditions of a rule must hold; values compare case-insensitively."""

    when: dict[
        Literal[
            "utm_source", "utm_medium", "utm_campaign", "utm_content", "utm_term",
            "channel", "campaign_id", "campaign_name", "landing_page", "click_id_type", "platform", "source",
        ],
        list[str],
    ] = Field(min_length=1)  # fmt: skip

    @field_validator("when", mode="before")
    @classmethod
    def _values(cls, value: Any) -> Any:
        return lists(value)


class ChannelRule(_OriginRule):
    """Which channel an origin is, and whether it is paid."""

    channel: str
    paid: bool | None = None


class CampaignRule(_OriginRule):
    """Which campaign an origin means that neither id nor name tells: its id or name in ad spend, and its account."""

    campaign: str
    account: str | None = None
