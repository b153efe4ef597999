"""Small device profiles as text, with one part of interest each."""

from profiles.device_profile import DeviceProfile
from profiles.library import read_profile
from profiles.problems import Problem

HEAD = """
vendor = "Test"
product = "Box"
department = "SND"
grade = "A"
sources = ["a source"]
setup = ["switch it on"]
"""
OSC = '[[transports]]\nkind = "osc_udp"\nport = 9000\n'
MIDI = '[[transports]]\nkind = "midi"\n[settings]\nchannel = { type = "int", default = 1 }\n'
GO = '[verbs."cue.go"]\nsend = [{ address = "/go" }]\n'
TEXT = '[[transports]]\nkind = "text_crlf"\nport = 9000\n'


def profile(body: str, transport: str = OSC) -> DeviceProfile:
    """The profile of head, transport and body; it must be without errors."""
    made, problems = read_profile(HEAD + transport + body, "test/box", "box.toml")
    assert made is not None, [str(problem) for problem in problems]
    return made


def problems_of(body: str, transport: str = OSC, head: str = HEAD) -> tuple[Problem, ...]:
    """Everything that is said about it."""
    return read_profile(head + transport + body, "test/box", "box.toml")[1]
