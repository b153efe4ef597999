"""What is kept on disk of a run: the as-run record and the journal it can be resumed from."""
