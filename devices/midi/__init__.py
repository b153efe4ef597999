"""MIDI: messages, timecode, show control, machine control and the driver."""
