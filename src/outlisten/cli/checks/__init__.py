"""What `outlisten doctor` looks at: each check is a function that returns a `Check`."""

from outlisten.cli.checks.check import Check

__all__ = ["Check"]
