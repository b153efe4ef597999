"""SuperCollider synth definitions as bytes, written here so that no sclang is needed.

Format: SuperCollider's "Synth Definition File Format", version 2 (big-endian; a pstring is one length byte
and that many characters). Rates: 0 scalar, 1 control, 2 audio.
"""

import struct
from dataclasses import dataclass

SCALAR, CONTROL, AUDIO = 0, 1, 2
MULTIPLY = 2  # special index of BinaryOpUGen


@dataclass(frozen=True)
class Wire:
    """Output `output` of unit generator number `unit`."""

    unit: int
    output: int = 0


@dataclass(frozen=True)
class Unit:
    """One unit generator: inputs are wires of earlier units, or constants."""

    name: str
    rate: int
    inputs: tuple[Wire | float, ...]
    outputs: int = 1
    special: int = 0


def synthdef(name: str, controls: dict[str, float], units: list[Unit]) -> bytes:
    """A definition file with one definition. Unit 0 is put in front: the controls, one output each, in order."""
    graph = [Unit("Control", CONTROL, (), outputs=len(controls)), *units]
    constants = sorted({value for unit in graph for value in unit.inputs if not isinstance(value, Wire)})
    body = _pstring(name)
    body += struct.pack(f">i{len(constants)}f", len(constants), *constants)
    body += struct.pack(f">i{len(controls)}f", len(controls), *controls.values())
    body += struct.pack(">i", len(controls))
    body += b"".join(_pstring(control) + struct.pack(">i", index) for index, control in enumerate(controls))
    body += struct.pack(">i", len(graph)) + b"".join(_unit(unit, constants) for unit in graph)
    body += struct.pack(">h", 0)  # no variants
    return b"SCgf" + struct.pack(">ih", 2, 1) + body


def tone(name: str = "tone") -> bytes:
    """A sine with controls freq (Hz), amp (0..1), gate (0 ends it) and meter (a control bus it writes its peak to)."""
    freq, amp, gate, meter = (Wire(0, index) for index in range(4))
    release_s, free_when_done = 0.02, 2.0
    units = [
        Unit("SinOsc", AUDIO, (freq, 0.0)),
        Unit("Linen", CONTROL, (gate, 0.001, 1.0, release_s, free_when_done)),
        Unit("BinaryOpUGen", CONTROL, (amp, Wire(2)), special=MULTIPLY),
        Unit("BinaryOpUGen", AUDIO, (Wire(1), Wire(3)), special=MULTIPLY),
        Unit("Amplitude", CONTROL, (Wire(4), 0.001, 0.05)),
        Unit("Out", CONTROL, (meter, Wire(5)), outputs=0),
        Unit("Out", AUDIO, (0.0, Wire(4), Wire(4)), outputs=0),
    ]
    return synthdef(name, {"freq": 440.0, "amp": 0.1, "gate": 1.0, "meter": 0.0}, units)


def _unit(unit: Unit, constants: list[float]) -> bytes:
    packed = _pstring(unit.name)
    packed += struct.pack(">biih", unit.rate, len(unit.inputs), unit.outputs, unit.special)
    for value in unit.inputs:
        if isinstance(value, Wire):
            packed += struct.pack(">ii", value.unit, value.output)
        else:
            packed += struct.pack(">ii", -1, constants.index(value))
    return packed + bytes([unit.rate]) * unit.outputs


def _pstring(text: str) -> bytes:
    return bytes([len(text)]) + text.encode("ascii")
