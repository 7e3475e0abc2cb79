"""Bringing a file in: upload, preview, start, progress, rejected rows."""

from __future__ import annotations

from pathlib import Path

from django.http import FileResponse, Http404, HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from outlisten.app.listening.actions import imports as actions
from outlisten.app.listening.imports.preview import preview, standing
from outlisten.app.listening.queries import imports as queries
from outlisten.app.listening.views.refusals import plainly
from outlisten.app.listening.views.refusals import problem as refused

LISTED = 20
MAP = "map-"


@require_http_methods(["GET", "POST"])
@plainly
def page(request: HttpRequest) -> HttpResponseBase:
    """The upload, and the latest runs."""
    runs = queries.runs(request.user)
    if request.method == "GET":
        return render(request, "listening/imports.html", {"runs": runs[:LISTED]})
    file = request.FILES.get("file")
    if file is None:
        return _answer(request, problem=_("No file came with the form; choose one, then press Upload."))
    try:
        kept = actions.upload(file, by=request.user)
    except OSError as error:
        why = error.strerror or type(error).__name__
        return _answer(
            request, problem=_("The file could not be kept on this machine (%(why)s).") % {"why": why}
        )
    return _answer(request, reverse("import_run", args=[kept.pk]))


def _answer(request: HttpRequest, address: str = "", *, problem: str = "") -> HttpResponseBase:
    """Where to go or what is wrong: as JSON for the script that shows progress, else as a page."""
    if request.accepts("text/html"):
        return refused(request, problem) if problem else redirect(address)
    return JsonResponse(
        {"problem": problem} if problem else {"next": address}, status=422 if problem else 200
    )


@require_GET
@plainly
def run(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One run: its preview before it starts, its progress and result after."""
    found = queries.run(request.user, pk)
    shown = preview(found) if found.state == found.State.LOOKED else None
    return render(
        request, "listening/import_run.html", {"run": found, "preview": shown, "standing": standing(found)}
    )


@require_POST
@plainly
def reading(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Read the file another way: another preset, network, encoding, order of dates, or mapping of columns."""
    found = queries.run(request.user, pk)
    chosen = {
        name: request.POST.get(name, "").strip()[:40] for name in ("preset", "network", "encoding", "dates")
    }
    if chosen["preset"] == (found.plan.get("preset") or ""):
        mapping = {
            name.removeprefix(MAP): str(column)
            for name, column in request.POST.items()
            if name.startswith(MAP)
        }
    else:  # another preset brings its own mapping
        mapping = {}
    actions.read_otherwise(found, actions.HowToRead(**chosen, mapping=mapping), by=request.user)
    return redirect("import_run", pk)


@require_POST
@plainly
def start(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Let the worker begin."""
    actions.start(queries.run(request.user, pk), by=request.user)
    return redirect("import_run", pk)


@require_POST
@plainly
def cancel(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Stop it; what was taken in stays."""
    actions.cancel(queries.run(request.user, pk), by=request.user)
    return redirect("import_run", pk)


@require_GET
@plainly
def progress(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Where the run stands, as a part of its page that asks again by itself; the page when it is over."""
    found = queries.run(request.user, pk)
    response = render(request, "listening/_import_progress.html", {"run": found, "standing": standing(found)})
    if not found.open:
        response.headers["HX-Refresh"] = "true"
    return response


@require_GET
@plainly
def rejected(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The rejected rows with their line numbers and reasons."""
    found = queries.run(request.user, pk)
    path = Path(found.rejected_file)
    if not found.rejected_file or not path.is_file():
        raise Http404
    name = f"{Path(found.file_name).stem}-rejected{''.join(path.suffixes[-2:])}"
    return FileResponse(
        path.open("rb"), as_attachment=True, filename=name, content_type="application/octet-stream"
    )
