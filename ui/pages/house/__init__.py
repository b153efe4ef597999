"""The house page: every house there is, its patch as a drawing, and what is edited in it."""
