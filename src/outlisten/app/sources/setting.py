"""A source's row as the connector it stands for, with its entries, secrets and the shared way to the web."""

from __future__ import annotations

from dataclasses import replace
from functools import cache, partial
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from outlisten.app.sources.models import Source
from outlisten.app.sources.secrets import Unsealable, opened, seal
from outlisten.sources.connector import Connector, Setting
from outlisten.sources.fetching import Fetcher, Guard
from outlisten.sources.options import Value, entered
from outlisten.sources.problems import CredentialRefused
from outlisten.sources.registry import connector


@cache
def fetcher() -> Fetcher:
    """The process-wide way to the web: one politeness for all sources."""
    return Fetcher(guard=Guard.naming(settings.OWN_SERVERS))


def connected(source: Source) -> Connector:
    """The source's connector, ready to ask. Raises NoConnector when it is not installed, or SourceProblem."""
    kind = connector(source.connector)
    options = {option.name: option for option in kind.manifest().options if not option.secret}
    values = entered([*options.values()], {k: v for k, v in source.options.items() if k in options})
    secrets = _secrets(source)
    return kind(replace(setting(values, secrets), keep_secret=partial(_keep_secret, source.pk, secrets)))


def setting(options: dict[str, Value], secrets: dict[str, str]) -> Setting:
    """What a connector is made with in this process."""
    folders = tuple(map(Path, settings.WATCHED_FOLDERS))
    return Setting(options, secrets, fetcher(), timezone.now(), folders)


@transaction.atomic
def _keep_secret(pk: int, given: dict[str, str], name: str, value: str) -> None:
    """Seal a secret that the network renewed, unless a person or another worker changed it meanwhile."""
    source = Source.objects.select_for_update().filter(pk=pk).first()
    now = _secrets(source) if source else {}
    if now and now.get(name) == given.get(name):
        Source.objects.filter(pk=pk).update(sealed=seal({**now, name: value}))
        given[name] = value  # an ask may see it renewed once more


def _secrets(source: Source) -> dict[str, str]:
    try:
        return opened(source.sealed)
    except Unsealable as problem:
        raise CredentialRefused(host=source.name, status="sealed with another key") from problem
