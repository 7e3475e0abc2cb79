"""Pages and switches about people."""
