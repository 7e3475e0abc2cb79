"""X: what a search finds and what is written to an account, as it is written or asked for now and then."""
