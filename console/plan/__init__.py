"""What follows from show, venue and profiles: patch, schedule, state at t, preflight. Pure."""
