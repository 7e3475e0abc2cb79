"""A result as a file to take away."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET

from outlisten.app.listening.queries.exports import FORMS, MEDIA, exported
from outlisten.app.listening.queries.listen import ask
from outlisten.app.listening.views.refusals import plainly, problem


@require_GET
@plainly
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    """The posts of a question as CSV, XLSX, Parquet or JSON Lines; the file's name says when it was cut."""
    if form not in FORMS:
        raise Http404
    question = ask(request.user, request.GET)
    if question.problem:
        return problem(request, question.problem)
    made = exported(request.user, question, form)
    day = question.as_of.today.isoformat()
    name = f"outlisten-{day}-newest-{made.rows}.{form}" if made.cut else f"outlisten-{day}.{form}"
    response = FileResponse(made.file, as_attachment=True, filename=name, content_type=MEDIA[form])
    response.headers["X-Outlisten-Posts"] = str(made.rows)
    response.headers["X-Outlisten-Cut"] = "true" if made.cut else "false"
    return response
