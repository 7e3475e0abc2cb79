"""The query language: one question, three uses (history, live, in words)."""
