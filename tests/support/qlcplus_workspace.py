"""A QLC+ workspace as text: dimmers, and a virtual console that answers to OSC paths.

QLC+ has no OSC address space of its own: it hashes any path to a 16-bit channel number (Qt's qChecksum),
and a widget listens to a universe and a channel number. Here the workspace is written with those numbers.
Source: QLC+ 4.12 plugins/osc/osccontroller.cpp and the .qxw files it writes; proven in tests/rig.
"""

from dataclasses import dataclass
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

NO_FUNCTION = str(2**32 - 1)
LEVEL_MAX = 255


@dataclass(frozen=True)
class Slider:
    """A fader: a float 0..1 on `path` sets these DMX channels (counted from 1) to 0..255."""

    path: str
    channels: tuple[int, ...]


@dataclass(frozen=True)
class Button:
    """A scene on a button: a rising value on `path` switches it on, the next rising value off."""

    path: str
    levels: tuple[tuple[int, int], ...]  # (DMX channel from 1, level 0..255)


@dataclass(frozen=True)
class Chase:
    """A button that runs these scenes in a loop, each for `step_ms`, from a rising value on `path` to the next."""

    path: str
    scenes: tuple[tuple[tuple[int, int], ...], ...]  # each scene as a Button's levels
    step_ms: int


Widget = Slider | Button | Chase


def path_to_channel(path: str) -> int:
    """The channel number QLC+ gives an OSC path: CRC-16/X-25 (reflected 0x1021, start and final xor 0xFFFF)."""
    crc = 0xFFFF
    for byte in path.encode():
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ 0x8408 if crc & 1 else crc >> 1
    return crc ^ 0xFFFF


def workspace(widgets: list[Widget], *, dimmers: int, input_port: int, output_port: int) -> str:
    """The .qxw of one universe: OSC in on `input_port`, its DMX out as OSC to `output_port`, both on 127.0.0.1."""
    root = Element("Workspace", xmlns="http://www.qlcplus.org/Workspace", CurrentWindow="VirtualConsole")
    creator = SubElement(root, "Creator")
    for name, text in (("Name", "Q Light Controller Plus"), ("Version", "4.12.6"), ("Author", "Showcaller")):
        SubElement(creator, name).text = text
    engine = SubElement(root, "Engine")
    _add_patch(engine, input_port, output_port)
    _add_dimmers(engine, dimmers)
    console = SubElement(root, "VirtualConsole")
    frame = SubElement(console, "Frame", Caption="")
    for number, widget in enumerate(widgets, start=1):
        if isinstance(widget, Slider):
            _add_slider(frame, number, widget)
            continue
        if isinstance(widget, Button):
            _add_scene(engine, number, widget.path, widget.levels)
        else:
            _add_chaser(engine, number, widget)
        _add_button(frame, number, widget.path)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE Workspace>\n{ElementTree.tostring(root, "unicode")}\n'


def _add_patch(engine: Element, input_port: int, output_port: int) -> None:
    universe = SubElement(SubElement(engine, "InputOutputMap"), "Universe", Name="Rig", ID="0")
    loopback = {"Plugin": "OSC", "UID": "127.0.0.1", "Line": "0"}
    SubElement(SubElement(universe, "Input", loopback), "PluginParameters", inputPort=str(input_port))
    parameters = {"outputIP": "127.0.0.1", "outputPort": str(output_port)}
    SubElement(SubElement(universe, "Output", loopback), "PluginParameters", parameters)


def _add_dimmers(engine: Element, count: int) -> None:
    fixture = SubElement(engine, "Fixture")
    for name, text in (
        ("Manufacturer", "Generic"), ("Model", "Generic"), ("Mode", f"{count} Channel"), ("ID", "0"),
        ("Name", "Dimmers"), ("Universe", "0"), ("Address", "0"), ("Channels", str(count)),
    ):  # fmt: skip
        SubElement(fixture, name).text = text


def _add_scene(engine: Element, number: int, name: str, scene: tuple[tuple[int, int], ...]) -> None:
    function = SubElement(engine, "Function", ID=str(number), Type="Scene", Name=name)
    SubElement(function, "Speed", FadeIn="0", FadeOut="0", Duration="0")
    levels = ",".join(f"{channel - 1},{level}" for channel, level in scene)
    SubElement(function, "FixtureVal", ID="0").text = levels


def _add_chaser(engine: Element, number: int, chase: Chase) -> None:
    first = 1000 * number  # its scenes are numbered apart from the widgets' functions
    for place, scene in enumerate(chase.scenes):
        _add_scene(engine, first + place, f"{chase.path} {place + 1}", scene)
    function = SubElement(engine, "Function", ID=str(number), Type="Chaser", Name=chase.path)
    SubElement(function, "Speed", FadeIn="0", FadeOut="0", Duration=str(chase.step_ms))
    SubElement(function, "Direction").text = "Forward"
    SubElement(function, "RunOrder").text = "Loop"
    SubElement(function, "SpeedModes", FadeIn="Default", FadeOut="Default", Duration="Common")
    for place in range(len(chase.scenes)):
        step = SubElement(function, "Step", Number=str(place), FadeIn="0", Hold="0", FadeOut="0")
        step.text = str(first + place)


def _add_slider(frame: Element, number: int, slider: Slider) -> None:
    widget = SubElement(frame, "Slider", Caption=slider.path, ID=str(number), WidgetStyle="Slider")
    widget.set("InvertedAppearance", "false")  # without the word QLC+ turns the fader upside down
    _add_place(widget, number)
    SubElement(widget, "SliderMode", ValueDisplayStyle="Exact", Monitor="false").text = "Level"
    level = SubElement(widget, "Level", LowLimit="0", HighLimit=str(LEVEL_MAX), Value="0")
    for channel in slider.channels:
        SubElement(level, "Channel", Fixture="0").text = str(channel - 1)
    SubElement(SubElement(widget, "Playback"), "Function").text = NO_FUNCTION
    _add_input(widget, slider.path)


def _add_button(frame: Element, number: int, path: str) -> None:
    widget = SubElement(frame, "Button", Caption=path, ID=str(number), Icon="")
    _add_place(widget, number)
    SubElement(widget, "Function", ID=str(number))
    SubElement(widget, "Action").text = "Toggle"
    SubElement(widget, "Intensity", Adjust="False").text = "100"
    _add_input(widget, path)


def _add_place(widget: Element, number: int) -> None:
    place = {"Visible": "True", "X": str(number % 16 * 60), "Y": str(number // 16 * 200)}
    SubElement(widget, "WindowState", place, Width="60", Height="200")


def _add_input(widget: Element, path: str) -> None:
    SubElement(widget, "Input", Universe="0", Channel=str(path_to_channel(path)))
