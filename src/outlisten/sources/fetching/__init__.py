"""Fetching from the web: guarded against private addresses, polite to hosts, within limits."""

from outlisten.sources.fetching.addresses import Guard, GuardedNetwork
from outlisten.sources.fetching.answers import Answer, wait_asked
from outlisten.sources.fetching.fetcher import Fetcher
from outlisten.sources.fetching.politeness import Politeness
from outlisten.sources.fetching.sockets import Socket

__all__ = ["Answer", "Fetcher", "Guard", "GuardedNetwork", "Politeness", "Socket", "wait_asked"]
