"""Matrix: what is written in an account's rooms, on any homeserver."""
