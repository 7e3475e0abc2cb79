"""`outlisten calibrate`: what the models learn from the labels of this deployment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from outlisten.cli.application import open_application
from outlisten.cli.endings import DONE, NOTHING_DONE, WrongUsage
from outlisten.cli.frame import command
from outlisten.cli.locales import help_words as _
from outlisten.cli.session import Session

if TYPE_CHECKING:
    from outlisten.app.listening.models import LocalModel

ACTS = ("status", "fit", "off", "drift")
What = Annotated[
    str,
    typer.Argument(
        metavar="[ACT]",
        help=_(
            "status: what there is; fit: learn from the labels; off: use nothing of it for new readings; drift: whether posts "
            "are still like those the models know."
        ),
    ),
]


@command(where="store")
def calibrate(session: Session, *, act: What = "status") -> int:
    """One line a language; what was learned is used only where it helps beyond noise."""
    _ = session.words
    if act not in ACTS:
        raise WrongUsage(_("There is no act {act}. Choose {known}.").format(act=act, known=", ".join(ACTS)))
    app = open_application(session, "search" if act in ("status", "drift") else "teach")
    if act == "fit":
        return _fit(session, app.account)
    if act == "off":
        return _off(session, app.account)
    if act == "drift":
        return _drift(session)
    return _status(session)


def _fit(session: Session, actor: Any) -> int:
    from outlisten.app.listening.actions.teaching import teach
    from outlisten.language.local import FEWEST

    _ = session.words
    taught = teach(by=actor)
    if session.json:
        session.emit({"fitted": [_as_json(one.made) for one in taught if one.made],
                      "missing": {one.lang: max(FEWEST - one.random, 0) for one in taught if not one.made}})  # fmt: skip
    else:
        for one in taught:
            if one.made:
                session.print(_line(session, one.made))
            else:
                session.print(
                    _("{lang}: {n} random labels; {least} are needed, with five of each tone.").format(
                        lang=one.lang, n=one.random, least=FEWEST
                    )
                )
    return DONE if any(one.made for one in taught) else NOTHING_DONE


def _off(session: Session, actor: Any) -> int:
    from outlisten.app.listening.actions.teaching import forget

    gone = forget(by=actor)
    if session.json:
        session.emit({"switched_off": gone})
    else:
        session.print(
            session.words("Switched off: {n}. Posts read from now on are read without it.").format(n=gone)
        )
    return DONE


def _drift(session: Session) -> int:
    from outlisten.app.listening.queries.drift import watched
    from outlisten.cli.drift_table import as_json, show

    found = watched()
    session.emit(as_json(found)) if session.json else show(session, found)
    return DONE


def _status(session: Session) -> int:
    from outlisten.app.listening.models import LocalModel
    from outlisten.app.listening.queries.labelling import progress

    _ = session.words
    labels, versions = progress("sentiment"), list(LocalModel.objects.order_by("-id")[:10])
    if session.json:
        session.emit({"random_labels": labels.random, "other_labels": labels.others,
                      "versions": [_as_json(one) for one in versions]})  # fmt: skip
        return DONE
    session.print(
        _(
            "Labels of tone: {n} of random posts, {m} others. From {least} random ones on a language can learn."
        ).format(n=labels.random, m=labels.others, least=labels.enough)
    )
    for one in versions:
        session.print(_line(session, one))
    return DONE


def _as_json(made: LocalModel) -> dict[str, object]:
    return {
        "version": made.pk,
        "lang": made.lang,
        "model": made.model,
        "used": made.used,
        "at": made.at,
        **made.figures,
    }


def _line(session: Session, made: LocalModel) -> str:
    _ = session.words
    error, recall = made.figures["calibration_error"], made.figures["macro_recall"]
    used = _("in use") if made.used else _("not in use")
    return _(
        "{lang}, version {n}, {used}: calibration error {before:.3f} → {after:.3f}, macro recall of its labels {own:.3f} → "
        "{learned:.3f}, on {posts} random posts by cross-validation"
    ).format(
        lang=made.lang, n=made.pk, used=used, before=error[0], after=error[1], own=recall[0], learned=recall[1],
        posts=made.figures["n"],
    )  # fmt: skip
