"""Simulated devices: bytes in, timed bytes out."""
