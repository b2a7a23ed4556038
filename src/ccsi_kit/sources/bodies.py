"""The bytes of an answer: unpacked here, never past a cap, and known to be whole."""

import zlib
from collections.abc import Iterable, Iterator
from typing import Final

from ccsi_kit.errors import Refused

_BLOCK: Final = 1 << 20
_GZIP: Final = 31
"""zlib's number for a window of 32 KiB in a gzip frame."""


def unpacked(blocks: Iterable[bytes], encoding: str, *, address: str) -> Iterator[bytes]:
    """The bytes without their Content-Encoding; raises `Refused` for one that was not asked for."""
    if encoding in ("", "identity"):
        return iter(blocks)
    if encoding in ("gzip", "x-gzip"):
        return _unzipped(blocks, address)
    raise Refused("answer-encoding", address=address, encoding=encoding)


def capped(blocks: Iterable[bytes], most: int, *, address: str, megabytes: int) -> Iterator[bytes]:
    """The bytes as long as there are not too many; raises `Refused` then."""
    size = 0
    for block in blocks:
        size += len(block)
        if size > most:
            raise Refused("answer-too-large", address=address, megabytes=megabytes)
        yield block


def _unzipped(blocks: Iterable[bytes], address: str) -> Iterator[bytes]:
    """What is in a gzip stream of one or several members; raises `Refused` where an end marker is missing or wrong."""
    member = zlib.decompressobj(_GZIP)
    for block in blocks:
        rest = block
        while rest:
            if member.eof:
                member = zlib.decompressobj(_GZIP)
            try:
                part = member.decompress(rest, _BLOCK)
            except zlib.error as error:
                raise Refused("answer-broken", address=address) from error
            rest = member.unused_data if member.eof else member.unconsumed_tail
            if part:
                yield part
    if not member.eof:
        raise Refused("answer-broken", address=address)
