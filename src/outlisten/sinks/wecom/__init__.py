"""A group of WeCom, by its robot."""
