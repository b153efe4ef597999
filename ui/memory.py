"""Garbage collection around the loading of a show, so that it neither slows the loading nor stops the window later.

With ten thousand cues one collection of everything takes 0.1 s: for so long no key is read.
"""

from __future__ import annotations

import gc


class Memory:
    """The interpreter's memory, where the process is the window's alone."""

    def load(self) -> None:
        """Much is about to be loaded: collect what is left of the show before, then nothing until it is settled."""
        gc.unfreeze()
        gc.collect()
        gc.disable()

    def settle(self) -> None:
        """It is loaded, and stays: take everything out of later collections, which go on."""
        gc.freeze()
        gc.enable()
