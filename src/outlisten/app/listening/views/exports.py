"""A result as a file to take away."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import IO

from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET

from outlisten.app.listening.queries.exports import FORMS, MEDIA, exported
from outlisten.app.listening.queries.listen import ask
from outlisten.app.listening.views.refusals import plainly, problem

PIECE = 256 * 1024


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
    response = StreamingHttpResponse(_pieces(made.file), content_type=MEDIA[form])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Content-Length"] = str(made.bytes)
    response.headers["X-Outlisten-Posts"] = str(made.rows)
    response.headers["X-Outlisten-Cut"] = "true" if made.cut else "false"
    return response


async def _pieces(file: IO[bytes]) -> AsyncIterator[bytes]:
    """The file bit by bit: what is not asynchronous, the server would read whole before it sends anything."""
    with file:
        while piece := await asyncio.to_thread(file.read, PIECE):
            yield piece
