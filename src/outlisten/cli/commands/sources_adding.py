"""`outlisten sources add` and `test`: a source tried and kept, its secrets never in the command line's words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from outlisten.cli.application import open_application
from outlisten.cli.commands.case import who
from outlisten.cli.endings import DONE, Refused, WrongUsage
from outlisten.cli.frame import command
from outlisten.cli.given_secrets import asked_for, wanted_secrets
from outlisten.cli.safe_text import on_one_line
from outlisten.cli.session import Session
from outlisten.cli.source_options import Connector, Entries, Secrets, SourceName, Tried
from outlisten.cli.sources_shown import say_source, source_if_any

if TYPE_CHECKING:
    from outlisten.sources.connector import Post, Welcome
    from outlisten.sources.manifest import Manifest

SHOWN = 10
WORDS_SHOWN = 100  # characters of a post


@command(where="store")
def add(
    session: Session, *, connector: Connector, entries: Entries = None, name: SourceName = None,
    secret: Secrets = None,
) -> int:  # fmt: skip
    """Keep a new source; it is asked as soon as a server runs."""
    app = open_application(session, "manage_sources")
    from outlisten.app.sources import actions
    from outlisten.sources.problems import WrongOption

    me = who(session, app)
    given = _given(session, _manifest(session, connector), entries or [], secret or [])
    try:
        kept = actions.keep(actions.Wanted(connector, given, name or ""), by=me)
    except WrongOption as wrong:
        raise WrongUsage(wrong.text(session.locale)) from wrong
    said = session.words(
        "{name} was added. A running server asks it now; without one: outlisten sources run {number}"
    )
    return say_source(session, kept, said)


@command(where="store")
def try_out(session: Session, *, what: Tried, entries: Entries = None, secret: Secrets = None) -> int:
    """Ask once and keep nothing: who answered, and the newest posts."""
    app = open_application(session, "manage_sources")
    from outlisten.app.sources import actions
    from outlisten.sources.problems import WrongOption

    source = source_if_any(who(session, app), what)
    manifest = _manifest(session, source.connector if source else what)
    given = _given(session, manifest, entries or [], secret or [])
    wanted = actions.Wanted(manifest.name, {**(source.options if source else {}), **given})
    try:
        welcome = actions.try_out(wanted, of=source, by=who(session, app))
    except WrongOption as wrong:
        raise WrongUsage(wrong.text(session.locale)) from wrong
    return _say_welcome(session, manifest, welcome)


def _manifest(session: Session, name: str) -> Manifest:
    """The manifest of a connector. Raises Refused with those there are."""
    from outlisten.sources.registry import manifests

    known = manifests()
    if name not in known:
        said = session.words("There is no connector {name}. There are: {known}.")
        raise Refused(said.format(name=on_one_line(name), known=", ".join(known)))
    return known[name]


def _given(
    session: Session, manifest: Manifest, entries: Sequence[str], secrets: Sequence[str]
) -> Mapping[str, str]:
    """The entries, then the secrets: a wrong command line is told before anybody types a password."""
    titles = {option.name: option.title.text(session.locale) for option in manifest.secrets}
    options = _options(session, entries, titles)
    wanted = wanted_secrets(session, secrets, titles, manifest.name)
    return {**options, **asked_for(session, wanted, titles.__getitem__)}


def _options(session: Session, entries: Sequence[str], secret: Mapping[str, str]) -> dict[str, str]:
    """OPTION=VALUE words; an option given twice has several. Raises WrongUsage, quoting no secret."""
    _ = session.words
    found: dict[str, list[str]] = {}
    for number, word in enumerate(entries, 1):
        name, equals, value = word.partition("=")
        if not equals or not name:
            raise WrongUsage(
                _("What is given after the connector is OPTION=VALUE; word {n} is not.").format(n=number)
            )
        if name in secret:
            raise WrongUsage(
                _(
                    "A secret never stands in the command line, where others can read it. Give --secret {name} to type it, "
                    "--secret {name}=- to send it on standard input, or --secret {name}=@VAR."
                ).format(name=name)
            )
        found.setdefault(name, []).append(value)
    return {name: "\n".join(values) for name, values in found.items()}


def _say_welcome(session: Session, manifest: Manifest, welcome: Welcome) -> int:
    _ = session.words
    posts = sorted(welcome.sample, key=_moment, reverse=True)
    if session.json:
        session.emit({"account": welcome.account or None, "posts": [_post_json(one) for one in posts]})
        return DONE
    answered = on_one_line(welcome.account or manifest.title.text(session.locale))
    session.print(_("Answered: {who}").format(who=answered))
    for post in posts[:SHOWN]:
        session.print("\t".join(_columns(post)))
    if not posts:
        session.say(_("No post came; the source may be quiet now."))
    return DONE


def _moment(post: Post) -> str:
    at = post.get("created_at")
    return at.isoformat() if at else ""


def _post_json(post: Post) -> dict[str, object]:
    return {name: post.get(name) for name in ("native_id", "created_at", "author", "title", "text", "url")}


def _columns(post: Post) -> list[str]:
    words = " ".join(str(post[part]) for part in ("title", "text") if post.get(part))
    at = post.get("created_at")
    said = (f"{at:%Y-%m-%d %H:%M}" if at else "–", str(post.get("author") or "–"), words)
    return [on_one_line(part)[:WORDS_SHOWN] for part in said]
