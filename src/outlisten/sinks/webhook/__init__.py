"""A system of one's own that is told in JSON, signed."""
