"""What is done before the doors, in a process of its own: priority and frozen memory do not belong in a test run."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

PROBE = """
import gc, json, os, sys
from console.loop import realtime
if sys.argv[1] == "nobody":
    os.setuid(65534)
words = realtime.prepare()
child = os.fork()
if child == 0:
    os._exit(os.sched_getscheduler(0))
print(json.dumps({
    "words": words,
    "frozen": gc.get_freeze_count(),
    "switch_s": sys.getswitchinterval(),
    "policy": os.sched_getscheduler(0) & ~os.SCHED_RESET_ON_FORK,
    "child": os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]),
}))
"""


def probe(user: str) -> dict[str, object]:
    outcome = subprocess.run([sys.executable, "-c", PROBE, user], capture_output=True, check=True, text=True)
    return dict(json.loads(outcome.stdout))


@pytest.mark.parametrize("user", ["ourselves", "nobody"])
def test_each_step_says_what_came_of_it(user: str) -> None:
    if user == "nobody" and os.geteuid() != 0:
        pytest.skip("only root can become another user")
    found = probe(user)
    memory, switches, priority = found["words"]  # type: ignore[misc]
    assert memory == f"memory: {found['frozen']} objects frozen"
    assert found["frozen"] > 1000  # type: ignore[operator]
    assert switches == "interpreter: threads switch after 500 µs"
    assert found["switch_s"] == pytest.approx(0.0005)
    if found["policy"] == os.SCHED_FIFO:
        assert priority == "priority: SCHED_FIFO 50"
    else:
        assert priority.startswith("priority: normal; SCHED_FIFO was refused (")
    assert found["child"] == os.SCHED_OTHER


LOADING = """
import gc, json
from console.loop.realtime import loading
frozen = []
with loading():
    enabled_within = gc.isenabled()
    loop = []
    loop.append(loop)
    kept = [[number] for number in range(5_000)]
frozen.append(gc.get_freeze_count())
del kept
with loading():
    pass
frozen.append(gc.get_freeze_count())
print(json.dumps({"enabled_within": enabled_within, "enabled": gc.isenabled(), "frozen": frozen}))
"""


def test_nothing_is_collected_while_a_show_is_loaded_and_what_is_closed_goes_with_the_next() -> None:
    found = json.loads(subprocess.run([sys.executable, "-c", LOADING], capture_output=True, check=True).stdout)
    assert (found["enabled_within"], found["enabled"]) == (False, True)
    assert found["frozen"][0] - found["frozen"][1] >= 5_000
