"""The show as data: the document, its edits, its checks and its file."""
