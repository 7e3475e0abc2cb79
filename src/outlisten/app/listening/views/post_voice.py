"""What people say of one post: whose voice it is, and tags."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from outlisten.app.listening.actions import corrections as actions
from outlisten.app.listening.actions.names import CannotUndo
from outlisten.app.listening.forms_of_voices import CorrectionForm
from outlisten.app.listening.undoing import keep_undo, kept_undo
from outlisten.app.listening.views.refusals import plainly
from outlisten.app.people.rules import Act, require


@require_POST
@plainly
def correct(request: HttpRequest, identifier: str) -> HttpResponseBase:
    """Say whose voice the post is, with a reason; or take that away again."""
    require(request.user, Act.CORRECT_VOICE)
    if request.POST.get("clear"):
        token = actions.uncorrect(identifier, by=request.user)
        return _back(request, identifier, _("The correction was taken away."), token)
    form = CorrectionForm(request.POST)
    if not form.is_valid():
        messages.error(
            request, " ".join(str(problem) for problems in form.errors.values() for problem in problems)
        )
        return redirect("post", identifier)
    said = form.cleaned_data
    token = actions.correct(identifier, said["voice"], said["reason"], by=request.user)
    return _back(request, identifier, _("The voice was corrected."), token)


@require_POST
@plainly
def tag(request: HttpRequest, identifier: str) -> HttpResponseBase:
    """The tags of the post, separated by commas."""
    typed = request.POST.get("tags", "")
    for sign in "，、;；":
        typed = typed.replace(sign, ",")
    try:
        token = actions.tag(identifier, typed.split(","), by=request.user)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return redirect("post", identifier)
    return _back(request, identifier, _("The tags were kept."), token)


@require_POST
@plainly
def undo(request: HttpRequest, key: str) -> HttpResponseBase:
    """Take back one of the last changes to a post."""
    token = kept_undo(request, key)
    if token is None:
        raise Http404
    try:
        identifier = actions.undo(token, by=request.user)
    except CannotUndo as refusal:
        messages.error(request, str(refusal))
        return redirect("listen")
    messages.success(request, _("It was taken back."))
    return redirect("post", identifier)


def _back(request: HttpRequest, identifier: str, said: str, token: str) -> HttpResponseBase:
    messages.success(request, said, extra_tags=reverse("post_undo", args=[keep_undo(request, token)]))
    return redirect("post", identifier)
