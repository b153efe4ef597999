"""What can be wrong with a show: one small function a code, by what they look at."""
