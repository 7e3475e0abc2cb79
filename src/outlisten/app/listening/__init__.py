"""Listening: brands and topics, the pages Listen, Compare and Post, and bringing files in."""
