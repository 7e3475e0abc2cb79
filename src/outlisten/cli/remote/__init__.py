"""A command meets the running server: the far end runs it, this end is its terminal."""
