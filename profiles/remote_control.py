"""Remote control as a venue has it: where we listen, to whom, and what its pads and buttons ask for."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from profiles.addresses import Host, Network, OscAddress, Port
from profiles.argument_rules import Piece


class RemoteTrigger(Piece):
    """A pad, a button or an address of the house, and what it asks for: ``/trig/{cue}`` and ``fire {cue}``.

    ``osc`` is an address, ``midi`` a canonical name such as ``note/1/36``; either may hold fields. ``do`` is an action
    of the console's own namespace with its arguments.
    """

    osc: OscAddress | None = None
    midi: str | None = Field(default=None, pattern=r"^(note|cc|pc)/[a-z0-9_{}]+/[a-z0-9_{}]+$")
    midi_port: str | None = None  # None: any that is listened to
    do: str
    notes: str = ""

    @model_validator(mode="after")
    def _is_one_message(self) -> Self:
        if (self.osc is None) == (self.midi is None) or (self.midi is None and self.midi_port is not None):
            raise ValueError(f"the trigger of {self.do!r} needs one message: give osc, or midi (and its midi_port)")
        return self

    @property
    def kind(self) -> Literal["osc", "midi"]:
        """By which way it comes."""
        return "midi" if self.osc is None else "osc"

    @property
    def address(self) -> str:
        """The address or the name of the message."""
        return self.osc or self.midi or ""


class MscDevice(Piece):
    """What we are to senders of MIDI Show Control: a device id and a command format, and the list it speaks to.

    ``lists`` say what a command's own list number stands for here.
    """

    device_id: int = Field(ge=0, le=126)
    format: str = "all"
    list: str = "show"
    lists: dict[str, str] = {}


class RemoteControl(Piece):
    """Who may press from outside: where we listen, and whom we listen to. Without it, nobody.

    ``allow`` empty: this machine alone. ``names`` are what senders are called in records, by their addresses.
    """

    bind: Host = "127.0.0.1"
    port: Port
    allow: tuple[Network, ...] = ()
    names: dict[Host, str] = {}
    midi_ports: tuple[str, ...] = ()
    triggers: tuple[RemoteTrigger, ...] = ()
    msc: tuple[MscDevice, ...] = ()
