"""A group of DingTalk, by its custom robot."""
