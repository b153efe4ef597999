"""The cue list, its standby and its GO."""
