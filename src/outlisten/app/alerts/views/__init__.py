"""Pages of alerts, digests and channels."""
