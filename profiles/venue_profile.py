"""The venue profile: what stands in tonight's house, and how the show's names are said there.

An overlay: loading one never edits the show. The TOML file is the source, these models say what it may hold; what
can be wrong *between* its parts is in ``venue_checks``. Source: design chapter 6.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cached_property
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field, StrictBool, model_validator

from profiles.addresses import Host, Network, Port
from profiles.argument_rules import Piece
from profiles.remote_control import RemoteControl
from profiles.templates import Scalar
from profiles.timecode import FrameRateError, frame_rate
from profiles.venue_lines import InputLine
from profiles.venue_maps import ArgumentMap


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"{name!r} is no time zone: write one like Europe/London") from None
    return name


def _rate(name: str) -> str:
    try:
        return frame_rate(name).name
    except FrameRateError as error:
        raise ValueError(str(error)) from None


TimeZone = Annotated[str, AfterValidator(_zone)]
Rate = Annotated[str, AfterValidator(_rate)]
Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]*$")]
RoleId = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]*$")]
LatencyMs = Annotated[float, Field(ge=0, le=60_000)]
TrimMs = Annotated[float, Field(ge=-10_000, le=10_000)]


class Duty(StrEnum):
    """What a device does for its role."""

    MAIN = "main"
    PARALLEL = "parallel"  # sent to as well, with its own latency
    STANDBY = "standby"  # health only; takes over with the safe state


class Instruction(Piece):
    """A verb to a role, in the show's words: a line of a safe list, or what replaces an absent one."""

    role: RoleId
    verb: str
    args: dict[str, Scalar] = {}


# -- the house ---------------------------------------------------------------------------------------------------------


class Curfew(Piece):
    """When the house must be quiet."""

    time: str = Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")
    hard: StrictBool
    notes: str = ""


class Limits(Piece):
    """What the house allows. ``strobe_hz_max`` and ``zone_clear_s`` are enforced; the rest is for people."""

    strobe_hz_max: float | None = Field(default=None, gt=0)
    zone_clear_s: float = Field(default=60.0, gt=0)  # how long a zone counts that was cleared by hand
    spl_laeq15_db: float | None = None
    pyro: str = ""
    laser: str = ""
    confetti: StrictBool | None = None
    co2: StrictBool | None = None


class Stage(Piece):
    """Sizes in metres, and where positions are counted from."""

    width_m: float = Field(gt=0)
    depth_m: float = Field(gt=0)
    trim_m: float = Field(gt=0)
    catwalk_m: float = Field(default=0.0, ge=0)
    b_stage: StrictBool = False
    origin: str = ""


class StagePosition(Piece):
    """A place on stage: metres from the origin, or the one that stands in for it here."""

    name: str
    x_m: float | None = None
    y_m: float | None = None
    z_m: float | None = None
    fallback: str | None = None

    @model_validator(mode="after")
    def _is_somewhere(self) -> Self:
        here = None not in (self.x_m, self.y_m, self.z_m)
        if here == (self.fallback is not None):
            raise ValueError(f"position {self.name!r} needs x_m, y_m and z_m, or a fallback where the house lacks it")
        return self


class Camera(Piece):
    """A camera of the show and what it is here: the name people know it by, or the camera that takes its cues."""

    id: str
    name: str | None = None
    fallback: str | None = None

    @model_validator(mode="after")
    def _is_somewhere(self) -> Self:
        if (self.name is None) == (self.fallback is None):
            raise ValueError(f"camera {self.id!r} needs a name, or a fallback where the house lacks it")
        return self


class Screen(Piece):
    """A screen and its raster."""

    name: str
    width_px: int = Field(gt=0)
    height_px: int = Field(gt=0)


class Universe(Piece):
    """A lighting universe of the show and where it comes out; parked where the house has no room. Listed, not sent."""

    logical: int = Field(ge=1)
    physical: str | None = None
    node: str | None = None


class HouseNetwork(Piece):
    """One network of the house: devices outside every one of them are reported."""

    name: str
    subnet: Network
    vlan: int | None = Field(default=None, ge=1, le=4094)
    console: tuple[Host, ...] = ()  # our own addresses in it


# -- devices and roles -------------------------------------------------------------------------------------------------


class HealthOverride(Piece):
    """How a device is watched here, where the profile's own way does not suit."""

    watch: StrictBool = True  # False: a device that cannot answer in this house; its lamp says unknown, not deaf
    every_s: float | None = Field(default=None, gt=0)
    deaf_after_s: float | None = Field(default=None, gt=0)


class Device(Piece):
    """A box at an address. What it understands is in its profile."""

    id: Id
    profile: str
    name: str = ""
    transport: str | None = None  # None: the profile's first
    host: Host | None = None
    port: Port | None = None  # None: the profile's
    reply_port: Port | None = None
    midi_port: str | None = None
    channel: int | None = Field(default=None, ge=1, le=16)
    device_id: int | None = Field(default=None, ge=0, le=127)  # MIDI Show Control
    settings: dict[str, Scalar] = {}  # what the profile asks of the house: a show name, a frame rate
    sim_port: Port | None = None  # where its ghost listens on the loopback
    latency_ms: LatencyMs | None = None  # None: the profile's
    trim_ms: TrimMs = 0.0
    mode: Literal["live", "ghost", "off"] = "live"
    health: HealthOverride | None = None
    notes: str = ""

    @model_validator(mode="after")
    def _has_an_address(self) -> Self:
        if (self.host is None) == (self.midi_port is None):
            raise ValueError(f"device {self.id!r} needs an address: give either host or midi_port")
        return self


class DepartmentShift(Piece):
    """Added to what each device has, for every role of a department: the way of its pictures, light or sound here."""

    latency_ms: LatencyMs = 0.0
    trim_ms: TrimMs = 0.0
    notes: str = ""


class RoleBinding(Piece):
    """The devices that stand for one role of the show, and how its names are said to them."""

    id: RoleId
    main: Id
    parallel: tuple[Id, ...] = ()
    standby: tuple[Id, ...] = ()
    maps: tuple[ArgumentMap, ...] = ()
    notes: str = ""

    @property
    def devices(self) -> tuple[tuple[str, Duty], ...]:
        """Every device of the role with its duty, main first."""
        return (
            (self.main, Duty.MAIN),
            *((device, Duty.PARALLEL) for device in self.parallel),
            *((device, Duty.STANDBY) for device in self.standby),
        )


class Replacement(Instruction):
    """What is done in place of something absent. The replaced cue's advance and hazard do not apply to it."""

    advance_ms: float = 0.0


class Absent(Piece):
    """A role this house lacks, or (``when``) certain argument values of one it has, and what happens instead.

    ``verbs`` limits what is replaced; the role's other verbs are skipped, so that stopping an effect that is not here
    does not fire its replacement.
    """

    role: RoleId
    when: dict[str, Scalar] = {}
    verbs: tuple[str, ...] = ()
    policy: Literal["skip", "skip_with_warning", "replace"]
    replace: Replacement | None = None
    reason: str

    @model_validator(mode="after")
    def _says_what_instead(self) -> Self:
        if (self.policy == "replace") != (self.replace is not None):
            raise ValueError("policy replace needs a replace table (role, verb, args), and no other policy has one")
        if self.verbs and self.replace is None:
            raise ValueError("verbs say what is replaced: remove them, or give policy replace")
        return self


# -- lines in, lists out -----------------------------------------------------------------------------------------------


class TimecodeIn(Piece):
    """One source of timecode; earlier ones are preferred."""

    id: Id
    kind: Literal["mtc"]
    midi_port: str
    rate: Rate
    notes: str = ""


class TimecodeOut(Piece):
    """One output of our own timecode, at a rate of its own."""

    id: Id
    kind: Literal["mtc"]
    midi_port: str
    rate: Rate
    notes: str = ""


class HouseTimecode(Piece):
    """Sources in order of preference, and how patient the chase is. Frames are of the source's rate."""

    freewheel_frames: int = Field(ge=0)
    jam_frames: int = Field(ge=1)
    sources: tuple[TimecodeIn, ...] = Field(default=(), alias="in")
    outs: tuple[TimecodeOut, ...] = Field(default=(), alias="out")


class Feed(Piece):
    """Where outside numbers and messages come from (votes, the audience)."""

    id: RoleId
    kind: Literal["http", "websocket"]
    host: Host
    port: Port
    poll_ms: int | None = Field(default=None, gt=0)
    sim_port: Port | None = None
    notes: str = ""


class SafeLists(Piece):
    """What leaves when things go wrong, in order.

    Panic sends ``soft``, a second press within a second ``hard``. Show stop is its own: house light up, PA mute, a
    message on the screens; never a blackout.
    """

    soft: tuple[Instruction, ...] = ()
    hard: tuple[Instruction, ...] = ()
    show_stop: tuple[Instruction, ...] = ()


# -- the whole ---------------------------------------------------------------------------------------------------------


class Venue(Piece):
    """One house."""

    id: Id
    name: str
    city: str = ""
    kind: str = ""
    capacity: int | None = Field(default=None, ge=0)
    time_zone: TimeZone
    rate: Rate  # what the house is locked to, and labels are written at
    video_rate: Rate | None = None
    ntp: StrictBool = True  # False: nothing in this house sets the console's clock; preflight then asks a person to
    line_check: tuple[str, ...] = ()
    curfew: Curfew | None = None
    limits: Limits = Limits()
    stage: Stage | None = None
    networks: tuple[HouseNetwork, ...] = ()
    timecode: HouseTimecode | None = None
    devices: tuple[Device, ...] = ()
    departments: dict[str, DepartmentShift] = {}  # by the id the show gives the department
    roles: tuple[RoleBinding, ...] = ()
    absent: tuple[Absent, ...] = ()
    safe: SafeLists = SafeLists()
    inputs: tuple[InputLine, ...] = ()
    feeds: tuple[Feed, ...] = ()
    remote: RemoteControl | None = None
    cameras: tuple[Camera, ...] = ()
    screens: tuple[Screen, ...] = ()
    positions: tuple[StagePosition, ...] = ()
    universes: tuple[Universe, ...] = ()
    contacts: dict[str, str] = {}
    notes: str = ""

    @cached_property
    def device_by_id(self) -> dict[str, Device]:
        return {device.id: device for device in self.devices}

    @cached_property
    def role_by_id(self) -> dict[str, RoleBinding]:
        """Where a role is bound twice the first stands; the check names the other."""
        return {role.id: role for role in reversed(self.roles)}

    @cached_property
    def absent_roles(self) -> dict[str, Absent]:
        """Roles the house lacks altogether."""
        return {absent.role: absent for absent in reversed(self.absent) if not absent.when}

    @cached_property
    def camera_fallbacks(self) -> dict[str, str]:
        """Cameras the house lacks, and which one takes their cues."""
        return {camera.id: camera.fallback for camera in self.cameras if camera.fallback is not None}

    def clock_zone(self) -> ZoneInfo:
        """The house's clock."""
        return ZoneInfo(self.time_zone)

    def absence(self, role: str, args: dict[str, Scalar]) -> Absent | None:
        """The policy for these arguments of a role the house has, or None: the first whose ``when`` fits."""
        for absent in self.absent:
            if absent.when and absent.role == role and all(args.get(k) == v for k, v in absent.when.items()):
                return absent
        return None
