"""Streams of a compound file, the container of Excel's binary workbooks (.xls), as [MS-CFB] describes it."""

import struct
from collections.abc import Iterator, Sequence

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END = 0xFFFFFFFA  # from here on no numbers of sectors but marks


def stream_of(data: bytes, names: Sequence[str]) -> bytes | None:
    """The content of the first stream that has one of the names; None where there is none."""
    if not data.startswith(MAGIC):
        return None
    size, small = 1 << _short(data, 30), 1 << _short(data, 32)
    table = _table(data, size)
    directory = _chained(data, table, _long(data, 48), size, size)
    entries = [directory[start : start + 128] for start in range(0, len(directory), 128)]
    for entry in entries:
        name = entry[: max(0, _short(entry, 64) - 2)].decode("utf-16-le", errors="replace")
        if name not in names or entry[66] != 2:
            continue
        first, length = _long(entry, 116), _long(entry, 120)
        if length >= _long(data, 56):
            return _chained(data, table, first, size, size)[:length]
        little = _chained(data, table, _long(entries[0], 116), size, size)
        small_table = _longs(_chained(data, table, _long(data, 60), size, size))
        return _chained(little, small_table, first, small, 0)[:length]
    return None


def _table(data: bytes, size: int) -> Sequence[int]:
    """Which sector follows which."""
    sectors = list(_longs(data[76:512]))
    further = _long(data, 68)
    while further < _END and len(sectors) * size <= len(data):
        more = _longs(_sector(data, further, size, size))
        sectors += more[:-1]
        further = more[-1]
    return _longs(b"".join(_sector(data, number, size, size) for number in sectors if number < _END))


def _chained(data: bytes, table: Sequence[int], first: int, size: int, start: int) -> bytes:
    return b"".join(_sector(data, number, size, start) for number in _chain(table, first))


def _chain(table: Sequence[int], number: int) -> Iterator[int]:
    for _ in range(len(table)):  # a damaged file may go round in circles
        if number >= _END or number >= len(table):
            return
        yield number
        number = table[number]


def _sector(data: bytes, number: int, size: int, start: int) -> bytes:
    return data[start + number * size : start + (number + 1) * size]


def _short(data: bytes, at: int) -> int:
    return int(struct.unpack_from("<H", data, at)[0])


def _long(data: bytes, at: int) -> int:
    return int(struct.unpack_from("<I", data, at)[0])


def _longs(data: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])
