"""The real-time thread: clocks, waiting, and the loop that drives the engine."""
