"""Issues in a repository of GitHub."""
