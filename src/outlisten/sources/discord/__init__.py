"""Discord through a bot: the channels and threads of the servers it was invited to."""
