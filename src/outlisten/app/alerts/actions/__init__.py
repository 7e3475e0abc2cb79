"""What a person does with channels, rules, alerts and digests."""
