"""What decisions keep: insights, decisions and their outcomes; claims and their tests."""
