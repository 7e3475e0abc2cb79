"""The page where posts are labelled one after the other."""

from __future__ import annotations

import secrets

from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from outlisten.app.listening.actions import labels as actions
from outlisten.app.listening.actions import teaching
from outlisten.app.listening.labels import value_label
from outlisten.app.listening.queries.labelling import bench, opened, versions
from outlisten.app.listening.teaching.tasks import LABELS, Task
from outlisten.app.listening.undoing import keep_undo
from outlisten.app.listening.views.refusals import plainly
from outlisten.app.people.rules import Act, require
from outlisten.app.people.signed_in import signed_in


@require_GET
@plainly
def page(request: HttpRequest) -> HttpResponseBase:
    """One post, the labels to choose from, and how far it is."""
    me = signed_in(request)
    task = request.GET.get("task", Task.SENTIMENT)
    if task not in LABELS:
        return redirect("labelling")
    asked = request.GET.get("seed", "")
    seed = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else secrets.randbelow(10**9)
    context = {
        "it": bench(me, task, seed),
        "tasks": Task.choices,
        "guide": _guide(task),
        "labels": [(label, value_label(task, label)) for label in LABELS[task]],
        "several": task == Task.INTENT,
        "versions": versions() if task == Task.SENTIMENT else (),
    }
    return render(request, "listening/labelling/page.html", context)


@require_POST
@plainly
def label(request: HttpRequest) -> HttpResponseBase:
    """Keep the label of the post that was shown, and go to the next one."""
    require(request.user, Act.LABEL)
    try:
        post_id, task, drawn = opened(request.POST.get("token", ""))
    except signing.BadSignature:
        messages.error(request, _("This page was open for more than a day; here is a fresh post."))
        return redirect("labelling")
    try:
        token = actions.label(post_id, {task: request.POST.getlist("label")}, by=request.user, drawn=drawn)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    else:
        undo = reverse("post_undo", args=[keep_undo(request, token)])
        messages.success(request, _("Labelled."), extra_tags=undo)
    return redirect(f"{reverse('labelling')}?task={task}")


@require_POST
@plainly
def teach(request: HttpRequest) -> HttpResponseBase:
    """Learn from the labels of tone, or use nothing of it any more."""
    if request.POST.get("off"):
        teaching.forget(by=request.user)
        messages.success(request, _("Switched off: posts that come in are read without it."))
        return redirect("labelling")
    for one in teaching.teach(by=request.user):
        name = value_label("lang", one.lang)
        if one.made is None:
            messages.info(
                request,
                _("%(lang)s: %(n)d random labels; 100 are needed, with five of each tone.")
                % {"lang": name, "n": one.random},
            )
        elif one.made.used:
            messages.success(
                request, _("%(lang)s: learned, and used for posts that come in.") % {"lang": name}
            )
        else:
            messages.info(
                request,
                _("%(lang)s: what was learned helps no more than chance, so it is not used.")
                % {"lang": name},
            )
    return redirect("labelling")


def _guide(task: str) -> str:
    """One sentence on how to judge."""
    return {
        Task.SENTIMENT: _(
            "How does the writer feel about what the post is about? A question or a plain report is neutral."
        ),
        Task.INTENT: _("What does the writer want or do? Choose all that fit, or none of these."),
        Task.EMOTION: _("Which feeling does the writer show most? None when the words show none."),
        Task.PROMOTION: _("Does the post advertise something for its writer or those the writer works for?"),
    }[Task(task)]
