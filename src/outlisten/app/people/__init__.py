"""People: accounts, roles, what each role may do, one-time links, and a person's own preferences."""
