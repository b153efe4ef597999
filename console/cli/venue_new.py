"""``showcaller venues new``: a fresh house to fill in, in which the show opens as it is written, with nothing sent."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from console.cli.errors import call_error
from console.cli.fresh_file import write_fresh
from console.cli.opening import open_show, user_folder
from console.cli.page import Page
from console.show.show import Role, Show
from profiles.venue_duplicate import id_refused, id_to_name
from profiles.venue_library import is_shipped

_HEAD: Final = """\
# {name}. What stands in this house, and what the show's names are called here. Loading it never edits the show.
# Fill it in from the top, and ask after each step:  showcaller check {show} --venue {id}

id = "{id}"
name = "{name}"
city = ""
kind = "" # arena, theatre, field …
time_zone = "UTC" # a name of the IANA list, such as Europe/London
rate = "{rate}" # what the house is locked to: 23.976, 24, 25, 29.97df, 29.97, 30, 50, 59.94df, 59.94, 60

# [curfew]
# time = "23:00"
# hard = true

[limits]
# strobe_hz_max = 3.0 # faster effects are not sent

# ----------------------------------------------------------------------------------------------------------- devices
# A box at an address. `showcaller profiles list` names the profiles; the port is the profile's unless you give one.

# [[devices]]
# id = "lx-main"
# profile = "etc/eos"
# name = "Lighting desk"
# host = "192.168.1.21"
# latency_ms = 20 # from the send to the eye or ear; measure it
# sim_port = 19001 # where its ghost listens on this machine

# [[devices]]
# id = "foh"
# profile = "midi/audio-console"
# midi_port = "FOH" # as the system calls the port, or a part of its name
# channel = 1

# ------------------------------------------------------------------------------------------------------------- roles
# Which device stands for a role, and how the show's names are said to it. A parallel device is sent everything too, a
# standby one nothing until it takes over.

# [[roles]]
# id = "lighting.main"
# main = "lx-main"
# standby = ["lx-backup"]

# [[roles.maps]]
# argument = "zone"
# table = {{ floor = "1", all = ["1", "2"] }}

# ------------------------------------------------------------------------------------------------------- not here yet
# Every role of the show needs a device or a policy: skip, skip_with_warning, or replace. Take a table out once its
# role is bound above.
"""

_ABSENT: Final = """
[[absent]]
role = "{role}" # {department}: {verbs}
policy = "skip_with_warning"
reason = "not bound yet"
"""

_TAIL: Final = """
# ------------------------------------------------------------------------------------------------------- safe lists
# What leaves when things go wrong: soft at the first press of panic, hard at a second within a second.

# [safe]
# soft = [{ role = "lighting.main", verb = "cue.fire", args = { list = 900, cue = "2" } }]
# hard = [{ role = "audio.playback", verb = "transport.stop" }]
# show_stop = [{ role = "lighting.main", verb = "cue.fire", args = { list = 900, cue = "3" } }]
"""


def run_venue_new(venue_id: str, path: Path | None, show_name: str) -> Page:
    """Write it, and say where and what comes next. Never writes over a file. Raises CommandError."""
    refused = id_refused(venue_id)
    if refused is not None:
        raise call_error(refused)
    show = open_show(show_name).show
    folder = user_folder("venues")
    if path is None:
        if is_shipped(venue_id):
            raise call_error(f"{venue_id} ships with Showcaller: choose another id, or give a file")
        path = folder / f"{venue_id}.toml"
    elif path.suffix != ".toml":
        raise call_error(f"{path}: a venue is a .toml file: name it {path}.toml")
    write_fresh(path, fresh_venue(venue_id, show, show_name))
    checked = venue_id if path.is_relative_to(folder) else str(path)
    return Page(f"{path}\nfill it in, then: showcaller check {show_name} --venue {checked}\n")


def fresh_venue(venue_id: str, show: Show, show_name: str) -> str:
    """The file: a house of that id that has every role of the show, each not bound yet."""
    head = _HEAD.format(id=venue_id, name=id_to_name(venue_id), rate=show.rate, show=show_name)
    return head + "".join(_absent(role) for role in show.roles) + _TAIL


def _absent(role: Role) -> str:
    return _ABSENT.format(role=role.id, department=role.department, verbs=", ".join(role.verbs))
