"""What the window remembers: selection, zoom, follow. No Qt."""
