"""NodeBB: posts of any forum that runs it, by category and by words."""
