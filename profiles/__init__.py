"""What a make and model understands, and what stands in a house."""
