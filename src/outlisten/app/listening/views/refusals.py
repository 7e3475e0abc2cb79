"""What the store cannot do, said in one sentence instead of a traceback."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from outlisten.app.listening.wording import locale
from outlisten.posts import BadCursor, StoreBusy, StoreError, StoreFull
from outlisten.posts.errors import TooBroad

Rest = ParamSpec("Rest")
View = Callable[Concatenate[HttpRequest, Rest], HttpResponseBase]


def plainly(view: View[Rest]) -> View[Rest]:
    """The view; when the store refuses, its sentence: a part for htmx, a page otherwise."""

    @wraps(view)  # wraps() promises a named first argument, which Concatenate cannot
    def answer(request: HttpRequest, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except StoreError as error:
            return problem(request, error.text(locale()), status=_status(error))

    return answer  # type: ignore[return-value]


def problem(request: HttpRequest, sentence: str, *, status: int = 400) -> HttpResponseBase:
    """One sentence about what went wrong, as a part of a page or as a page."""
    part = bool(request.headers.get("HX-Request"))
    if part:
        # 422 is the refusal that htmx puts on the page.
        return render(request, "web/_note.html", {"kind": "error", "text": sentence}, status=422)
    return render(request, "listening/refused.html", {"problem": sentence}, status=status)


def _status(error: StoreError) -> int:
    if isinstance(error, BadCursor | TooBroad):
        return 400
    return 507 if isinstance(error, StoreFull) else 503 if isinstance(error, StoreBusy) else 500
