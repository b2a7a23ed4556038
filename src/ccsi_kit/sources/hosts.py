"""Who may be asked: the hosts of the manifest, over https, at addresses of the public internet."""

import socket
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final
from urllib.parse import urlsplit

from ccsi_kit.errors import Refused

_UNICAST: Final = ip_network("2000::/3")
_V4_INSIDE: Final = ip_network("64:ff9b::/96")
_SPECIAL: Final = tuple(map(ip_network, ("192.0.0.0/24", "192.88.99.0/24", "2001::/23", "2001:db8::/32", "3fff::/20")))
"""Networks for protocols and examples, some of which not every version of Python knows as such."""


def resolved(host: str, port: int) -> tuple[str, ...]:
    """The addresses of a host as the resolver gives them, best first; raises `OSError` where there is none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(place[0]) for *_, place in found))


def public(address: str) -> bool:
    """Whether an address is of one machine on the public internet: not private, loopback, link-local or reserved.

    >>> [public(address) for address in ("192.0.43.8", "10.0.0.1", "::1", "64:ff9b::c000:2b08", "64:ff9b::a00:1")]
    [True, False, False, True, False]
    """
    ip = _meant(ip_address(address))
    if isinstance(ip, IPv6Address) and ip not in _UNICAST:
        return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or any(ip in network for network in _SPECIAL))


def _meant(ip: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The address of version four that one of version six only wraps, where it does."""
    if isinstance(ip, IPv4Address):
        return ip
    return ip.ipv4_mapped or ip.sixtofour or (IPv4Address(int(ip) & 0xFFFFFFFF) if ip in _V4_INSIDE else ip)


def checked(host: str, addresses: Sequence[str], *, allow_local: bool) -> Sequence[str]:
    """The addresses, once none of them is where nobody may be asked; raises `Refused`."""
    for address in addresses:
        if not public(address) and not (allow_local and ip_address(address).is_loopback):
            raise Refused("address-not-public", host=host, address=address)
    return addresses


def check(url: str, hosts: frozenset[str], *, allow_local: bool) -> str:
    """The host of an address that may be asked; raises `Refused`."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise Refused("bad-address", address=shown(url)) from error
    if parts.scheme != "https" and not (allow_local and parts.scheme == "http"):
        raise Refused("not-https", address=shown(url))
    if parts.username is not None or (port not in (None, 443) and not allow_local):
        raise Refused("bad-address", address=shown(url))
    if host not in hosts:
        raise Refused("host-not-listed", host=host, known=", ".join(sorted(hosts)))
    return host


def shown(url: str) -> str:
    """An address as messages show it: without parameters and without names before the host."""
    scheme, _, rest = url.partition("://")
    place = rest.partition("?")[0].partition("#")[0]
    host, slash, path = place.partition("/")
    return f"{scheme}://{host.rpartition('@')[2]}{slash}{path}"
