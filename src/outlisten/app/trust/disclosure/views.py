"""The page of the disclosure watch."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from outlisten.app.trust.disclosure import actions
from outlisten.app.trust.disclosure.forms import AskForm
from outlisten.app.trust.disclosure.headline import declare_address, headline
from outlisten.app.trust.disclosure.menus import menus
from outlisten.app.trust.disclosure.queries import Filter, owners, watch_page
from outlisten.app.trust.models import JudgedPost
from outlisten.app.web.address_values import whole_number


@require_GET
def page(request: HttpRequest) -> HttpResponseBase:
    """What declared accounts wrote, judged; the sentence first."""
    asked = Filter.read(request.GET)
    watch = watch_page(request.user, asked, whole_number(request.GET.get("page", "")) or 1)
    context = {
        "watch": watch, "asked": asked, "headline": headline(watch.counts), "menus": menus(watch, asked),
        "declare_url": declare_address(), "owners": owners(), "today": timezone.localdate(), "due": actions.usual_due_day(),
    }  # fmt: skip
    return render(request, "trust/disclosure.html", context)


@require_POST
def ask(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The writer was asked to mend the post."""
    form = AskForm(request.POST)
    if not form.is_valid():
        messages.error(
            request, " ".join(str(problem) for problems in form.errors.values() for problem in problems)
        )
        return _back(request)
    owner, due = form.cleaned_data["owner"], form.cleaned_data["due"]
    return _done(
        request, _("Noted: the writer was asked to mend it."),
        lambda: actions.ask_to_mend(pk, by=request.user, owner=owner, due=due),
    )  # fmt: skip


@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The post stays as it is, with a reason."""
    reason = request.POST.get("note", "")
    return _done(request, _("Accepted as it is."), lambda: actions.accept(pk, reason, by=request.user))


@require_POST
def mistaken(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The watch was wrong."""
    reason = request.POST.get("note", "")
    return _done(
        request,
        _("Noted: the watch was mistaken."),
        lambda: actions.call_mistaken(pk, reason, by=request.user),
    )


@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take back what was settled."""
    return _done(request, _("Open again."), lambda: actions.reopen(pk, by=request.user), undo=False)


@require_POST
def check(request: HttpRequest) -> HttpResponseBase:
    """Judge the kept posts of declared accounts afresh."""
    judged, found = actions.check_again(by=request.user)
    said = ngettext("%(n)d post was checked", "%(n)d posts were checked", judged) % {"n": judged}
    new = ngettext("%(n)d newly shows signs", "%(n)d newly show signs", found) % {"n": found}
    messages.success(request, _("%(checked)s; %(new)s.") % {"checked": said, "new": new})
    return _back(request)


def _done(
    request: HttpRequest, said: str, act: Callable[[], JudgedPost], *, undo: bool = True
) -> HttpResponseBase:
    """Do it and say so, with the button that takes it back; or say why not."""
    try:
        judged = act()
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    else:
        back = reverse("disclosure_reopen", args=[judged.pk]) if undo else ""
        messages.success(request, said, extra_tags=back)
    return _back(request)


def _back(request: HttpRequest) -> HttpResponseBase:
    """To the same list. Only the filters of the address are carried, never an address."""
    given = Filter.read(request.POST)
    return redirect(f"{reverse('disclosure')}{given.query}")
