"""``showcaller profiles new``: a fresh profile to fill in, which passes its check as it is written."""

from __future__ import annotations

from pathlib import Path
from string import Template
from typing import Final

from console.cli.errors import call_error
from console.cli.fresh_file import write_fresh
from console.cli.opening import user_folder
from console.cli.page import Page
from profiles.library import ID_PATTERN, list_profiles

_FRESH: Final = Template("""\
# What is this, and where does it stand in a show? One line for whoever finds it in the list.
vendor = "$vendor"
product = "$product"
department = "ANY" # LX, SND, VID, GFX, CAM, AUD, STG, PYRO, SFX … or ANY
summary = ""
grade = "C" # of the facts: A the maker's own page, B a program that works, C one person's word, K from memory
sources = ["where each fact below comes from: document, page, version"]
# What must be switched on at the device before it listens, one step a line.
setup = ["switch on OSC in the network page"]

# How it is reached; the first is the usual way.
# Others: osc_tcp_slip, osc_tcp_len32, midi, midi_tcp, msc, mmc, text_crlf, text_lf.
[[transports]]
kind = "osc_udp"
port = 8000
reply = "none" # or same_socket; or fixed, with reply_port

# The question whose answer proves it alive. Without one its lamp says unknown.
# [health]
# send = { address = "/ping" }
# reply = { address = "/pong" }

# A verb of the show, and what is sent for it. {cue} and {playback} are arguments of the verb: the catalogue has them,
# and `showcaller profiles show` prints them for every device. One letter tells how an argument travels: i a whole
# number, f a number, s text.
[verbs."cue.fire"]
send = [{ address = "/cue/{playback}/fire", args = [{ s = "{cue}" }] }]

# A level with a fade: steps a second, limits, and a law where the wire is not decibels.
# [verbs."level.set"]
# fade = "stream"
# rate_hz = 40
# args = { db = { min = -90, max = 10 } }
# send = [{ address = "/fader/{strip}", args = [{ f = "{db}" }] }]

# The device's own, beside the verbs.
# [commands.reboot]
# summary = "starts it anew"
# send = [{ address = "/reboot" }]

# Arguments, and the very bytes they must become. Print them with
#   showcaller profiles encode $id cue.fire cue=10
# and compare them with the maker's document before you trust them.
[[examples]]
ask = "cue.fire"
args = { cue = "10" }
hex = ["2f 63 75 65 2f 6d 61 69 6e 2f 66 69 72 65 00 00 2c 73 00 00 31 30 00 00"]
""")


def run_profile_new(profile_id: str, path: Path | None) -> Page:
    """Write it, and say where and what comes next. Never writes over a file. Raises CommandError."""
    if ID_PATTERN.fullmatch(profile_id) is None:
        raise call_error(
            f"{profile_id!r} is no id: write vendor/product in small letters, digits and hyphens, as acme/desk"
        )
    vendor, product = profile_id.split("/")
    folder = user_folder("profiles")
    if path is None:
        if any(entry.id == profile_id and entry.shipped for entry in list_profiles()):
            raise call_error(f"{profile_id} ships with Showcaller: choose another id, or give a file")
        path = folder / vendor / f"{product}.toml"
    elif path.suffix != ".toml":
        raise call_error(f"{path}: a profile is a .toml file: name it {path}.toml")
    text = _FRESH.substitute(id=profile_id, vendor=_as_name(vendor), product=_as_name(product))
    write_fresh(path, text)
    checked = profile_id if path.is_relative_to(folder) else str(path)
    return Page(f"{path}\nfill it in, then: showcaller profiles check {checked}\n")


def _as_name(word: str) -> str:
    return " ".join(part.capitalize() for part in word.split("-"))
