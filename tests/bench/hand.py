"""A hand at keyboard and mouse of an X display, through the server's own test extension (XTEST).

The time of a press is read just before the request goes to the server, so that what is measured holds the server, the
toolkit and the window: all of it lies between a finger and a datagram. As a program it drags, until it is ended:

    python -m tests.bench.hand DISPLAY X_PX Y_PX WIDTH_PX
"""

from __future__ import annotations

import ctypes
import signal
import sys
import threading
import time
from collections.abc import Iterator
from ctypes import POINTER, byref, c_char_p, c_int, c_uint, c_ulong, c_void_p
from itertools import cycle
from typing import Any

SPACE, ESCAPE = 0x0020, 0xFF1B
"""X's names for keys: keysyms."""

LEFT_BUTTON = 1
MOVES_HZ = 125.0
"""As often as a mouse reports."""

_REVERT_TO_PARENT = 2
_CURRENT_TIME = 0


class HandError(RuntimeError):
    """No hand can be had, or the window is not there; one line."""


def missing() -> str | None:
    """Why there is no hand here, or None."""
    for library in ("libX11.so.6", "libXtst.so.6"):
        try:
            ctypes.CDLL(library)
        except OSError:
            return f"{library} is not installed (Debian: libxtst6)"
    return None


class _TextProperty(ctypes.Structure):
    _fields_ = (("value", c_char_p), ("encoding", c_ulong), ("format", c_int), ("nitems", c_ulong))


class Hand:
    """One connection to a display. Not to be used from two threads."""

    def __init__(self, display: str) -> None:
        if (reason := missing()) is not None:
            raise HandError(reason)
        self._x: Any = ctypes.CDLL("libX11.so.6")
        self._test: Any = ctypes.CDLL("libXtst.so.6")
        self._declare()
        self._display = self._x.XOpenDisplay(display.encode())
        if not self._display:
            raise HandError(f"no X server answers at {display}")
        # Xlib ends the program on an error; a window that has just gone is none to us.
        self._on_error = ctypes.CFUNCTYPE(c_int, c_void_p, c_void_p)(lambda _display, _error: 0)
        self._x.XSetErrorHandler(self._on_error)

    def window_titled(self, words: str) -> int | None:
        """The window that has these words in its title; None while there is none."""
        return next((window for window in self._windows(self._root()) if words in self._title(window)), None)

    def focus(self, window: int) -> None:
        """Let keys go to a window: without a window manager nobody else does."""
        self._x.XSetInputFocus(self._display, window, _REVERT_TO_PARENT, _CURRENT_TIME)
        self._x.XSync(self._display, 0)

    def key(self, keysym: int, *, down: bool) -> int:
        """Press or let go; the instant just before, CLOCK_MONOTONIC ns."""
        code = self._x.XKeysymToKeycode(self._display, keysym)
        now_ns = time.monotonic_ns()
        self._test.XTestFakeKeyEvent(self._display, code, int(down), 0)
        self._x.XFlush(self._display)
        return now_ns

    def button(self, *, down: bool) -> None:
        """The left button."""
        self._test.XTestFakeButtonEvent(self._display, LEFT_BUTTON, int(down), 0)
        self._x.XFlush(self._display)

    def move(self, x_px: int, y_px: int) -> None:
        """The pointer, to a place on the screen."""
        self._test.XTestFakeMotionEvent(self._display, -1, x_px, y_px, 0)
        self._x.XFlush(self._display)

    def close(self) -> None:
        """Leave the display. Harmless twice."""
        if self._display:
            self._x.XCloseDisplay(self._display)
            self._display = None

    def _root(self) -> int:
        return int(self._x.XDefaultRootWindow(self._display))

    def _windows(self, window: int) -> Iterator[int]:
        yield window
        root, parent, count = c_ulong(), c_ulong(), c_uint()
        children = POINTER(c_ulong)()
        if self._x.XQueryTree(self._display, window, byref(root), byref(parent), byref(children), byref(count)):
            found = [int(children[place]) for place in range(count.value)]
            if children:
                self._x.XFree(children)
            for child in found:
                yield from self._windows(child)

    def _title(self, window: int) -> str:
        held = _TextProperty()
        name = self._x.XInternAtom(self._display, b"_NET_WM_NAME", 0)
        if not self._x.XGetTextProperty(self._display, window, byref(held), name) or not held.value:
            return ""
        return bytes(held.value).decode(errors="replace")

    def _declare(self) -> None:
        x, test = self._x, self._test
        x.XOpenDisplay.restype = c_void_p
        x.XOpenDisplay.argtypes = [c_char_p]
        x.XCloseDisplay.argtypes = [c_void_p]
        x.XDefaultRootWindow.restype = c_ulong
        x.XDefaultRootWindow.argtypes = [c_void_p]
        x.XQueryTree.argtypes = [c_void_p, c_ulong, c_void_p, c_void_p, c_void_p, c_void_p]
        x.XFree.argtypes = [c_void_p]
        x.XInternAtom.restype = c_ulong
        x.XInternAtom.argtypes = [c_void_p, c_char_p, c_int]
        x.XGetTextProperty.argtypes = [c_void_p, c_ulong, c_void_p, c_ulong]
        x.XSetInputFocus.argtypes = [c_void_p, c_ulong, c_int, c_ulong]
        x.XSync.argtypes = [c_void_p, c_int]
        x.XFlush.argtypes = [c_void_p]
        x.XKeysymToKeycode.restype = ctypes.c_ubyte
        x.XKeysymToKeycode.argtypes = [c_void_p, c_ulong]
        test.XTestFakeKeyEvent.argtypes = [c_void_p, c_uint, c_int, c_ulong]
        test.XTestFakeButtonEvent.argtypes = [c_void_p, c_uint, c_int, c_ulong]
        test.XTestFakeMotionEvent.argtypes = [c_void_p, c_int, c_int, c_int, c_ulong]
        x.XSetErrorHandler.restype = c_void_p


def drag(display: str, x_px: int, y_px: int, width_px: int, ended: threading.Event) -> None:
    """Hold the button at a place and go to and fro until ended."""
    hand = Hand(display)
    hand.move(x_px, y_px)
    hand.button(down=True)
    there = range(0, width_px, 6)
    for away_px in cycle([*there, *reversed(there)]):
        if ended.wait(1 / MOVES_HZ):
            break
        hand.move(x_px + away_px, y_px)
    hand.button(down=False)
    hand.close()


def main(words: list[str]) -> int:
    """Drag until SIGTERM; writes "ready" once it begins."""
    display, *numbers = words
    ended = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: ended.set())
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    drag(display, *(int(number) for number in numbers), ended)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
