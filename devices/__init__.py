"""How to speak to the equipment: encode, send, listen, and play its part."""
