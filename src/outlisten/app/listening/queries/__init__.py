"""What may be read of listening, and by whom."""
