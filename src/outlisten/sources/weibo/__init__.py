"""Weibo: posts and comments that name one’s account, comments to it, and those under its own posts."""
