"""Views of the shell."""
