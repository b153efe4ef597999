"""Line protocols in plain text."""
