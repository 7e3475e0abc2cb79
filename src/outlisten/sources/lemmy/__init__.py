"""Lemmy: posts and comments on any server of it, by words or by community."""
