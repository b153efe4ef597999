"""Rehearsal: drives the engine through Requests, as a person would."""
