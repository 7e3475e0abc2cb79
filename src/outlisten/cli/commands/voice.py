"""`outlisten voice`: who speaks for a company, and what people say of single posts."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from outlisten.cli.application import Application, open_application
from outlisten.cli.commands.voice_options import (
    CampaignName,
    CampaignQuery,
    Clear,
    Declared,
    FirstDay,
    GivenRelation,
    GivenVoice,
    LastDay,
    Markets,
    Names,
    OfBrand,
    Platform,
    PostId,
    Reason,
    Relation,
    Remark,
    Remove,
    Tags,
)
from outlisten.cli.days import day_named
from outlisten.cli.endings import Refused, WrongUsage
from outlisten.cli.frame import command
from outlisten.cli.session import Session

if TYPE_CHECKING:
    from outlisten.app.listening.models import Brand, Campaign, DeclaredAccount
    from outlisten.app.people.models import Account


@command(where="store")
def list_voices(session: Session) -> int:
    """Declared accounts, then campaigns."""
    app = open_application(session, "search")
    from outlisten.app.listening.queries import voices

    reader = _person(session, app)
    accounts, campaigns = list(voices.accounts(reader)), list(voices.campaigns(reader))
    if session.json:
        session.emit(
            {
                "accounts": [_account(one) for one in accounts],
                "campaigns": [_campaign(one) for one in campaigns],
            }
        )
        return 0
    for one in accounts:
        session.print(f"{one.platform}\t{one.account}\t{one.get_voice_display()}\t{_days(session, one)}")
    for campaign in campaigns:
        session.print(
            f"{campaign.name}\t{campaign.query}\t{campaign.get_voice_display()}\t{_days(session, campaign)}"
        )
    if not accounts and not campaigns:
        session.say(session.words("Nothing is declared yet: outlisten voice declare --platform x HANDLE"))
    return 0


@command(where="store")
def declare(
    session: Session, *, names: Names = None, platform: Platform = None, relation: GivenRelation = Relation.OWNED,
    brand: OfBrand = None, campaign: CampaignName = None, query: CampaignQuery = None, since: FirstDay = None,
    until: LastDay = None, markets: Markets = "", note: Remark = "",
) -> int:  # fmt: skip
    """Accounts by their names, or a campaign; posts that are kept already are read again."""
    _ = session.words
    if bool(campaign) == bool(names) or bool(campaign) != bool(query) or bool(names) != bool(platform):
        raise WrongUsage(_("Give --platform and accounts, or --campaign with --query."))
    days = {
        name: day_named(session, f"--{name}", day) if day else None
        for name, day in (("since", since), ("until", until))
    }
    app = open_application(session, "declare_voices")
    from outlisten.app.listening.actions import voices
    from outlisten.app.listening.models import Campaign, DeclaredAccount

    shared = {"voice": relation.value, "brand": _brand(session, brand), "note": note, **days}
    person = _person(session, app)
    if campaign:
        voices.declare(Campaign(name=campaign, query=query or "", **shared), by=person)
        return _done(session, {"declared": 1, "known": [], "refused": []})
    like = DeclaredAccount(platform=(platform or "").strip().lower(), markets=markets, **shared)
    made = voices.declare_many(names or [], like, by=person)
    refused = [{"account": name, "reason": why} for name, why in made.refused]
    return _done(session, {"declared": made.declared, "known": list(made.known), "refused": refused})


@command(where="store")
def end(session: Session, *, name: Declared, until: LastDay = None) -> int:
    """The declaration holds until that day; posts after it keep their own voice."""
    last = day_named(session, "--until", until) if until else None
    app = open_application(session, "declare_voices")
    from outlisten.app.listening.actions import voices

    for thing in _called(session, name):
        voices.end(thing, on=last, by=_person(session, app))
    return _done(session, {"declared": 0, "known": [], "refused": []})


@command(where="store")
def correct(
    session: Session, *, post: PostId, voice: GivenVoice = None, reason: Reason = "", clear: Clear = False
) -> int:
    """Wins over every other evidence, and stays when the post is edited."""
    _ = session.words
    if clear == (voice is not None):
        raise WrongUsage(_("Give a voice with its --reason, or --clear."))
    app = open_application(session, "correct_voice")
    from outlisten.app.listening.actions import corrections

    _known(session, app, post)
    if voice is None:
        corrections.uncorrect(post, by=_person(session, app))
    else:
        corrections.correct(post, voice.value, reason, by=_person(session, app))
    return _say_post(session, app, post)


@command(where="store")
def tag(session: Session, *, post: PostId, tags: Tags, remove: Remove = False) -> int:
    """`topic:` in a query finds what was tagged."""
    app = open_application(session, "tag")
    from outlisten.app.listening.actions import corrections

    _known(session, app, post)
    held, said = set(corrections.tags_of(post)), {" ".join(tag.split()) for tag in tags}
    corrections.tag(post, held - said if remove else held | said, by=_person(session, app))
    return _say_post(session, app, post)


def _done(session: Session, answer: dict[str, object]) -> int:
    """Read the posts concerned again, here and now, and say what came of it all."""
    from outlisten.app.listening import rereading
    from outlisten.app.listening.models import Rereading
    from outlisten.cli.progress import progress

    _ = session.words
    mine: dict[int, Rereading] = {}
    with progress(session, _("Reading posts again")) as advance:

        def on_page(at: Rereading) -> None:
            mine[at.pk] = at
            advance(at.read, at.total, "")

        rereading.work_off(on_page)
    read, changed = (sum(getattr(one, name) for one in mine.values()) for name in ("read", "changed"))
    if session.json:
        session.emit({**answer, "read": read, "changed": changed})
        return 0
    for one in answer["refused"]:  # type: ignore[attr-defined]
        session.say(f"{one['account']}: {one['reason']}")
    for name in answer["known"]:  # type: ignore[attr-defined]
        session.say(_("{name} was declared before.").format(name=name))
    session.print(
        _("Declared: {n:,}. Posts read again: {read:,}; with another voice now: {changed:,}.").format(
            n=answer["declared"], read=read, changed=changed
        )
    )
    return 0


def _say_post(session: Session, app: Application, post: str) -> int:
    kept = app.store.get(post) or {}
    voice, tags = str(kept.get("voice")), [str(tag) for tag in cast("list[object]", kept.get("topic") or [])]
    if session.json:
        session.emit({"id": post, "voice": voice, "tags": tags})
    else:
        session.print("\t".join([post, voice, ", ".join(tags)]))
    return 0


def _known(session: Session, app: Application, post: str) -> None:
    from outlisten.posts import StoreError

    try:
        found = app.store.get(post)
    except StoreError:
        found = None
    if found is None:
        raise Refused(session.words("There is no post {id} here.").format(id=post))


def _person(session: Session, app: Application) -> Account:
    if app.account is None:
        raise Refused(
            session.words("There is no account yet. `outlisten serve` prints the link that makes the first.")
        )
    return app.account


def _brand(session: Session, name: str | None) -> Brand | None:
    from outlisten.app.listening.models import Brand

    if not name:
        return None
    found = Brand.objects.filter(name__iexact=name.strip()).first()
    if found is None:
        known = ", ".join(Brand.objects.values_list("name", flat=True)) or session.words("none yet")
        raise Refused(
            session.words("There is no brand {name}. There are: {known}.").format(name=name, known=known)
        )
    return found


def _called(session: Session, name: str) -> list[DeclaredAccount | Campaign]:
    """The open declarations of this name."""
    from outlisten.app.listening.models import Campaign, DeclaredAccount
    from outlisten.query.folding import fold

    accounts = DeclaredAccount.objects.filter(folded=fold(name.strip().removeprefix("@")), until=None)
    found: list[DeclaredAccount | Campaign] = [
        *accounts,
        *Campaign.objects.filter(name__iexact=name.strip(), until=None),
    ]
    if not found:
        raise Refused(session.words("No declaration of {name} is open.").format(name=name))
    return found


def _days(session: Session, thing: DeclaredAccount | Campaign) -> str:
    ends = [day.isoformat() if day else "" for day in (thing.since, thing.until)]
    return " … ".join(ends) if any(ends) else session.words("always")


def _account(one: DeclaredAccount) -> dict[str, object]:
    return {
        "platform": one.platform, "account": one.account, "voice": one.voice,
        "brand": one.brand.name if one.brand else None, "since": one.since, "until": one.until,
        "markets": one.markets, "note": one.note,
    }  # fmt: skip


def _campaign(one: Campaign) -> dict[str, object]:
    return {
        "name": one.name, "query": one.query, "voice": one.voice, "brand": one.brand.name if one.brand else None,
        "since": one.since, "until": one.until, "note": one.note,
    }  # fmt: skip
