"""The command line, `outlisten …`: the same commands whether a server runs or not."""
