"""Conversations in an API inbox of Chatwoot."""
