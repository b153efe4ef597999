"""Addresses as venue files write them: networks, hosts, ports, OSC addresses, each checked as it is read."""

from __future__ import annotations

import ipaddress
from typing import Annotated

from pydantic import AfterValidator, Field


def _network(text: str) -> str:
    try:
        return str(ipaddress.ip_network(text))
    except ValueError:
        raise ValueError(f"{text!r} is no network: write one like 10.20.10.0/24, or a single address") from None


def _host(text: str) -> str:
    """No name ends in a part that begins with a digit (RFC 3696, 2): what does is meant for an address."""
    if ":" in text or text.rpartition(".")[2][:1].isdigit():
        try:
            ipaddress.ip_address(text)
        except ValueError:
            raise ValueError(f"{text!r} is no address: write one like 10.20.10.21, or a name") from None
    return text


Network = Annotated[str, AfterValidator(_network)]
Host = Annotated[str, Field(pattern=r"^[A-Za-z0-9:]([A-Za-z0-9.:-]*[A-Za-z0-9])?$"), AfterValidator(_host)]
Port = Annotated[int, Field(ge=1, le=65535)]
OscAddress = Annotated[str, Field(pattern=r"^/[!-~]*$")]
