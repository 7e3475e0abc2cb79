"""GitHub: issues, their comments and discussions, of repositories or by words."""
