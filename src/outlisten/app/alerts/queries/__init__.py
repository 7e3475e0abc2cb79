"""What may be read of channels, rules, alerts and digests."""
