"""Where drivers and engine meet: the only rooms above both."""
