"""What may be done in listening, and by whom."""
