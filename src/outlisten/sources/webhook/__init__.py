"""A system of one's own that sends posts here, signed or with a token."""
