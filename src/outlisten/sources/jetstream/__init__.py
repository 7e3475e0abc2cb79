"""Jetstream: every post of Bluesky as it is written, without an account."""
