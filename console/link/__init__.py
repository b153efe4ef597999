"""The link between the engine and whoever attaches to it: messages, codec, both ends."""
