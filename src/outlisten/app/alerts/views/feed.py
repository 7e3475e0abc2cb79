"""A feed channel as others fetch it: whoever knows its address reads it, so the address cannot be guessed."""

from __future__ import annotations

from hashlib import sha256
from typing import cast

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from outlisten.app.alerts.models import Channel, Delivery
from outlisten.app.alerts.sending.channels import Unusable, opened_sink
from outlisten.app.alerts.writing.kept import as_message
from outlisten.sinks.rss.sink import Rss
from outlisten.sinks.rss.writing import MEDIA_TYPE
from outlisten.sources.problems import SourceProblem

SALT = "outlisten.alerts.feed"
MOST = 100


def feed_path(channel: Channel) -> str:
    """Where the feed is, within this installation."""
    return reverse("channel_feed", args=[channel.pk, _token(channel.pk)])


@login_not_required
@require_safe
def feed(request: HttpRequest, pk: int, token: str) -> HttpResponse:
    """The feed's document in Atom (RFC 4287); unchanged, it answers 304."""
    channel = Channel.objects.filter(pk=pk, sink="rss", removed=False).first()
    if channel is None or not constant_time_compare(token, _token(pk)):
        raise Http404
    document = _document(channel, request.build_absolute_uri(request.path))
    answer = HttpResponse(document, content_type=MEDIA_TYPE)
    answer.headers["ETag"] = quote_etag(sha256(document).hexdigest()[:32])
    conditional = get_conditional_response(request, etag=answer.headers["ETag"], response=answer)
    return cast(HttpResponse, conditional)


def _document(channel: Channel, address: str) -> bytes:
    rows = Delivery.objects.filter(channel=channel, state=Delivery.State.SENT)[:MOST]
    try:
        one = opened_sink(channel)
    except (Unusable, SourceProblem) as problem:
        raise Http404 from problem
    assert isinstance(one, Rss)
    return one.document([as_message(row.key, row.message) for row in rows], address)


def _token(pk: int) -> str:
    return salted_hmac(SALT, str(pk), algorithm="sha256").hexdigest()[:40]
