"""Remote control: what outside messages ask for, and the state that goes out. Pure; sockets are the wiring's."""
