"""Reading: talk with customers against talk among ourselves, and who listens, answers and decides."""
