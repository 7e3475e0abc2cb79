"""What the connectors of the AT Protocol (Bluesky) share: its interface, its posts, and asking for them again."""
