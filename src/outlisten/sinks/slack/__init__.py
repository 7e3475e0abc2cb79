"""A channel of Slack, by an incoming webhook."""
