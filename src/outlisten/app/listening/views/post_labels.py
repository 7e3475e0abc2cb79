"""What a person says that one post says."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from outlisten.app.listening.actions import labels as actions
from outlisten.app.listening.forms_of_labels import LabelsForm
from outlisten.app.listening.queries.post import post
from outlisten.app.listening.queries.post_labels import mine
from outlisten.app.listening.undoing import keep_undo
from outlisten.app.listening.views.refusals import plainly
from outlisten.app.people.rules import Act, require


@require_POST
@plainly
def label(request: HttpRequest, identifier: str) -> HttpResponseBase:
    """Tone, intents, emotion and whether it promotes, as one person says."""
    require(request.user, Act.LABEL)
    form = LabelsForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose from the labels that are offered."))
        return redirect("post", identifier)
    said = form.said(mine(post(request.user, identifier), request.user))
    if not said:
        messages.info(request, _("Nothing was changed."))
        return redirect("post", identifier)
    token = actions.label(identifier, said, by=request.user)
    undo = reverse("post_undo", args=[keep_undo(request, token)])
    messages.success(request, _("The post shows what you say; the models learn from it."), extra_tags=undo)
    return redirect("post", identifier)
