"""What may be read in care, and by whom."""
