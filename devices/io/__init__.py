"""The only modules that open a socket or a MIDI port."""
