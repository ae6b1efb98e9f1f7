"""Real servers on the loopback: S3 (moto) whose answers can be spoiled, and SFTP (asyncssh)."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import asyncssh
import boto3
from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server

Environ = dict[str, Any]
Fault = Callable[[Environ], Callable[..., Iterable[bytes]] | None]
"""Looks at a request; None lets it through, else the application that answers instead."""


class S3:
    """A bucket `acme` on a moto server; `fault` may answer requests instead of it, `seen` are paths asked for."""

    def __init__(self, port: int):
        self.url = f"http://127.0.0.1:{port}"
        self.fault: Fault = lambda environ: None
        self.seen: list[str] = []
        self.client = boto3.client(
            "s3", endpoint_url=self.url, region_name="us-east-1",
            aws_access_key_id="made-up-id", aws_secret_access_key="made-up-secret",
        )  # fmt: skip

    def put(self, key: str, content: str | bytes) -> None:
        body = content if isinstance(content, bytes) else content.encode()
        self.client.put_object(Bucket="acme", Key=key, Body=body)

    def spoil(self, environ: Environ, start_response: Any, app: Any) -> Iterable[bytes]:
        self.seen.append(f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}?{environ['QUERY_STRING']}")
        instead = self.fault(environ)
        return (instead or app)(environ, start_response)


@contextmanager
def s3_server() -> Iterator[S3]:
    moto = DomainDispatcherApplication(create_backend_app)
    holder: list[S3] = []
    server = make_server("127.0.0.1", 0, lambda e, s: holder[0].spoil(e, s, moto), threaded=True)
    holder.append(S3(server.server_port))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        holder[0].client.create_bucket(Bucket="acme")
        yield holder[0]
    finally:
        server.shutdown()
        thread.join()


def answer(status: str, body: bytes, **headers: str) -> Callable[..., Iterable[bytes]]:
    def app(environ: Environ, start_response: Any) -> Iterable[bytes]:
        start_response(status, [(name.replace("_", "-"), value) for name, value in headers.items()])
        return [body]

    return app


def s3_error(status: str, code: str) -> Callable[..., Iterable[bytes]]:
    body = f"<?xml version='1.0'?><Error><Code>{code}</Code><Message>spoiled by the test</Message></Error>"
    return answer(status, body.encode(), Content_Type="application/xml")


class _Anna(asyncssh.SSHServer):
    def begin_auth(self, username: str) -> bool:
        return True

    def password_auth_supported(self) -> bool:
        return True

    def validate_password(self, username: str, password: str) -> bool:
        return (username, password) == ("anna", "made-up-password")


class _Files(asyncssh.SFTPServer):
    """Folders called `forbidden` may not be read; root, who runs tests in containers, may read everything else."""

    async def scandir(self, path: bytes) -> AsyncIterator[asyncssh.SFTPName]:
        if path.endswith(b"/forbidden"):
            raise asyncssh.SFTPPermissionDenied("Permission denied")
        async for name in super().scandir(path):
            yield name


@contextmanager
def sftp_server(folder: Path, known_hosts: Path) -> Iterator[int]:
    """Serve `folder` to anna; writes the key of the host to `known_hosts` and yields the port."""
    key = asyncssh.generate_private_key("ssh-ed25519")
    loop = asyncio.new_event_loop()

    async def start() -> asyncssh.SSHAcceptor:
        return await asyncssh.create_server(
            _Anna, "127.0.0.1", 0, server_host_keys=[key],
            sftp_factory=lambda channel: _Files(channel, chroot=str(folder).encode()),
        )  # fmt: skip

    acceptor = loop.run_until_complete(start())
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    port = acceptor.get_port()
    known_hosts.write_text(f"[127.0.0.1]:{port} {key.export_public_key().decode()}")
    try:
        yield port
    finally:
        asyncio.run_coroutine_threadsafe(_stop(acceptor), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _stop(acceptor: asyncssh.SSHAcceptor) -> None:
    acceptor.close()
    await acceptor.wait_closed()
