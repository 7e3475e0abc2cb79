"""A query into a database of one's own as a source."""
