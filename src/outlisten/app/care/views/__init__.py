"""Care's pages."""
