"""Extracts in gs://, read from a made-up server on the loopback that answers as Google Cloud Storage does."""

from collections.abc import Iterator
from urllib.parse import unquote

import pytest
from gcsfs import GCSFileSystem

from orchestration.errors import RemoteError
from orchestration.extracts.land.landing_result import LandingResult
from tests.orchestration.extracts.conftest import Workspace
from tests.orchestration.extracts.find.remote.test_s3 import HEADER, land
from tests.orchestration.pull.server import Answer, Asked, FakeApi, fake_api

LISTING = "/storage/v1/b/acme/o"


class Bucket:
    """A bucket `acme`, one object a page; `content` by name."""

    def __init__(self, api: FakeApi):
        self.api, self.content, self.generation = api, dict[str, str](), 1
        api.on("GET", LISTING, self._page)

    def put(self, name: str, text: str) -> None:
        self.content[name] = text
        self.generation += 1
        quoted = name.replace("/", "%2F")
        self.api.on("GET", f"{LISTING}/{quoted}", lambda asked: self._object(name, asked))
        self.api.on("GET", f"/download{LISTING}/{quoted}", lambda asked: self._object(name, asked))

    def _metadata(self, name: str) -> dict[str, object]:
        size = str(len(self.content[name].encode()))
        return {
            "kind": "storage#object", "name": name, "bucket": "acme", "size": size, "generation": str(self.generation),
            "updated": "2024-03-01T00:00:00.000Z", "timeCreated": "2024-03-01T00:00:00.000Z", "etag": "e",
        }  # fmt: skip

    def _object(self, name: str, asked: Asked) -> Answer:
        if asked.query.get("alt") == "media":
            return 200, {}, self.content[name]
        return 200, {"Content-Type": "application/json"}, self._metadata(name)

    def _page(self, asked: Asked) -> Answer:
        names = [name for name in sorted(self.content) if name.startswith(unquote(asked.query.get("prefix", "")))]
        place = int(asked.query.get("pageToken", 0))
        page: dict[str, object] = {
            "kind": "storage#objects",
            "items": list(map(self._metadata, names[place : place + 1])),
        }
        if place + 1 < len(names):
            page["nextPageToken"] = str(place + 1)
        return 200, {"Content-Type": "application/json"}, page


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[Bucket]:
    with fake_api() as api:
        monkeypatch.setenv("STORAGE_EMULATOR_HOST", api.url)
        monkeypatch.setenv("NO_GCE_CHECK", "true")  # no look for the metadata server of a machine of Google's
        monkeypatch.setenv("GCSFS_EXPERIMENTAL_ZB_HNS_SUPPORT", "false")
        GCSFileSystem.clear_instance_cache()
        yield Bucket(api)
        GCSFileSystem.clear_instance_cache()


def load(workspace: Workspace) -> LandingResult:
    return land(workspace, "gs://acme/ads")


def test_every_page_is_loaded_once(workspace: Workspace, bucket: Bucket) -> None:
    for day in range(1, 4):
        bucket.put(f"ads/stats_{day}.csv", f"{HEADER}A,2024-01-0{day},Brand,1.5\n")
    assert load(workspace).rows_landed == 3
    bucket.api.asked.clear()
    assert len(load(workspace).unchanged) == 3
    assert {asked.path for asked in bucket.api.asked} == {LISTING}


def test_a_listing_that_fails_on_its_second_page_loads_nothing(workspace: Workspace, bucket: Bucket) -> None:
    for day in range(1, 4):
        bucket.put(f"ads/stats_{day}.csv", f"{HEADER}A,2024-01-0{day},Brand,1.5\n")
    whole = bucket.api.routes["GET", LISTING]
    denied = (403, {}, {"error": {"code": 403, "message": "anna does not have storage.objects.list access"}})
    bucket.api.on("GET", LISTING, lambda asked: denied if "pageToken" in asked.query else whole(asked))
    with pytest.raises(RemoteError, match="gs://acme/ads can't be listed: ") as caught:
        load(workspace)
    assert not caught.value.may_pass
    assert workspace.rows("select count(*) from information_schema.tables where table_schema = 'raw_ads'") == [(0,)]


def test_a_truncated_download_is_refused(workspace: Workspace, bucket: Bucket) -> None:
    bucket.put("ads/stats.csv", f"{HEADER}A,2024-01-01,Brand,1\nA,2024-01-02,Brand,1\n")
    cut = f"{HEADER}A,2024-01-01,Brand,1\n"
    for (method, path), route in list(bucket.api.routes.items()):
        if "stats.csv" in path:
            bucket.api.on(method, path, lambda asked, route=route: cut if "alt" in asked.query else route(asked))
    assert list(load(workspace).refused) == ["stats.csv"]
    assert workspace.rows("select count(*) from raw_ads.stats") == [(0,)]
