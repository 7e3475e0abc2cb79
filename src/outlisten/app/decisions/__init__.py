"""Decisions: insights kept, decisions and their outcomes, claims put to the test, and who takes part."""
