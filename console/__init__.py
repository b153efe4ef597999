"""The console without a window: the show as data, the engine that decides, the loop that sends."""
