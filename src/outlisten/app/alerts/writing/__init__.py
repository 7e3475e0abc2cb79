"""What is said: sentences of alerts and digests, for pages and for messages alike."""
