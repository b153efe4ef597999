"""Live, ghost or off: where bytes go is the outlet's; what is known of a device that was switched is the engine's.

What a ghost was told, the device was not, and what a ghost says is no word of the device: both are forgotten.
"""

from __future__ import annotations

from console.engine.line_inputs import went_live
from console.engine.parts import Parts
from console.engine.rehearsing import PERFORMING
from console.engine.run_state import say
from console.vocabulary import Mode, OutputSwitched, SetOutput, SwitchDepartment
from devices.contract import OutputMode


def switch_output(parts: Parts, now_ns: int, request: SetOutput | SwitchDepartment) -> str | None:
    """Switch a device, or every device of a department. Returns why not, or None."""
    run, modes = parts.run, parts.modes
    if isinstance(request, SetOutput):
        if request.device not in run.patch.devices:
            return f"the venue has no device {request.device!r}"
        if request.mode == "ghost" and run.run_kind == "performance" and modes.get(request.device) != "ghost":
            return "a performance plays to its devices: bypass the device, or switch it off"
        _switch(parts, now_ns, request.device, request.mode, request.by)
        return None
    if run.run_kind == "performance":
        return PERFORMING
    devices = devices_of(parts, request.department)
    if not devices:
        return f"no device of this house speaks for {request.department}"
    for device in devices:
        _switch(parts, now_ns, device, request.mode, request.by)
    if request.mode == "live":
        words = f"{request.department} is live: its devices stand as they were left; put right sends what is wanted"
        say(run, parts.tray, now_ns, words)
    return None


def devices_of(parts: Parts, department: str) -> tuple[str, ...]:
    """The devices of a department's roles, those that stand by included; one that serves two is both's."""
    run = parts.run
    roles = [role.id for role in run.show.roles if role.department == department]
    found = (device for role in roles for device, _ in run.patch.duties_of(role) if device in run.patch.devices)
    return tuple(dict.fromkeys(found))


def _switch(parts: Parts, now_ns: int, device: str, mode: Mode, by: str) -> None:
    run = parts.run
    if parts.modes.get(device, OutputMode.LIVE) is not OutputMode(mode):
        run.expected.forget(device)
        run.reported.forget(device)
    parts.modes[device] = OutputMode(mode)
    parts.tray.notices.append(OutputSwitched(at_ns=run.at(now_ns), device=device, mode=mode, by=by))
    if mode != "ghost":
        parts.faults.pop(device, None)
    if mode == "live":
        went_live(parts, now_ns, device)
