"""What the client writes to the log of every request: the host alone, since an address may hold a key."""

from __future__ import annotations

import logging

import httpx2


class HostAlone(logging.Filter):
    """Puts the host in the place of each address."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(arg.host if isinstance(arg, httpx2.URL) else arg for arg in record.args)
        return True


def keep_addresses_out() -> None:
    """Do so from now on; once is enough, and more does nothing."""
    logger = logging.getLogger("httpx2")
    if not any(isinstance(one, HostAlone) for one in logger.filters):
        logger.addFilter(HostAlone())
