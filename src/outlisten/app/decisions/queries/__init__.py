"""What may be read of insights and decisions."""
