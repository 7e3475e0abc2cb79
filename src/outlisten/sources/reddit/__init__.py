"""Reddit: subreddits, words, threads, and what is written to the account."""
