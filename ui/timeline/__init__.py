"""The timeline: geometry, layout and tools without Qt, and the view that paints."""
