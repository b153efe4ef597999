"""Open Sound Control: a strict guard, the codec, the framings and the driver."""
