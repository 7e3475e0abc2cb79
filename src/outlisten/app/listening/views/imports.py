"""Bringing a file in: upload, preview, start, progress, rejected rows."""

from __future__ import annotations

from pathlib import Path

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from outlisten.app.listening.actions import imports as actions
from outlisten.app.listening.imports.preview import Preview, preview
from outlisten.app.listening.queries import imports as queries
from outlisten.app.listening.views.refusals import plainly, problem

LISTED = 20


@require_http_methods(["GET", "POST"])
@plainly
def page(request: HttpRequest) -> HttpResponseBase:
    """The upload, and the latest runs."""
    runs = queries.runs(request.user)
    if request.method == "GET":
        return render(request, "listening/imports.html", {"runs": runs[:LISTED]})
    file = request.FILES.get("file")
    if file is None:
        return problem(request, _("No file came with the form; choose one, then press Upload."))
    return redirect("import_run", actions.upload(file, by=request.user).pk)


@require_GET
@plainly
def run(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One run: its preview before it starts, its progress and result after."""
    found = queries.run(request.user, pk)
    shown: Preview | None = preview(found) if found.state == found.State.UPLOADED else None
    return render(request, "listening/import_run.html", {"run": found, "preview": shown})


@require_POST
@plainly
def reading(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Read the file another way: another preset, network or mapping of columns."""
    found = queries.run(request.user, pk)
    mapping = {
        name.removeprefix("map-"): str(column)
        for name, column in request.POST.items()
        if name.startswith("map-") and column
    }
    actions.read_otherwise(
        found, preset=request.POST.get("preset", ""), network=request.POST.get("network", "").strip()[:60],
        mapping=mapping, by=request.user,
    )  # fmt: skip
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
    """Where the run stands, as a part of its page that asks again by itself while it is open."""
    return render(request, "listening/_import_progress.html", {"run": queries.run(request.user, pk)})


@require_GET
@plainly
def rejected(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The rejected rows with their line numbers and reasons."""
    found = queries.run(request.user, pk)
    path = Path(found.rejected_file)
    if not found.rejected_file or not path.is_file():
        raise Http404
    name = f"{Path(found.file_name).stem}-rejected{''.join(path.suffixes[-2:])}"
    return FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type="application/octet-stream")
