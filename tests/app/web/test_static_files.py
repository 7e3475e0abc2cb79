"""Static files: collected under hashed names, served compressed, cached for ever."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.test import Client

from outlisten.app.web.static_files import STAMP, collect


@pytest.fixture
def collected(settings: Any, tmp_path: Path) -> Path:
    settings.STATIC_ROOT = tmp_path / "static"
    hashed = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": hashed}
    collect()
    return tmp_path / "static"


def test_a_file_is_served_under_its_hash_for_ever_and_compressed(collected: Path) -> None:
    address = staticfiles_storage.url("web/shell.css")
    answer = Client().get(address, headers={"accept-encoding": "gzip"})
    assert answer.status_code == 200
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Type"].startswith("text/css")
    assert "Content-Security-Policy" in answer.headers


def test_a_file_that_has_not_changed_is_not_sent_again(collected: Path) -> None:
    address = staticfiles_storage.url("vendor/htmx.js")
    modified = Client().get(address).headers["Last-Modified"]
    again = Client().get(address, headers={"if-modified-since": modified})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    "path", ["/static/../secret.key", "/static/%2e%2e/secret.key", "/static/web/nothing.css"]
)
def test_nothing_else_can_be_reached(collected: Path, path: str, db: None) -> None:
    (collected.parent / "secret.key").write_text("hush, hush")
    answer = Client().get(path, follow=True)
    assert b"hush, hush" not in answer.content


def test_collecting_again_does_nothing_until_a_file_changes(collected: Path) -> None:
    kept = {file: file.stat().st_mtime_ns for file in collected.rglob("*") if file.is_file()}
    collect()
    assert {file: file.stat().st_mtime_ns for file in kept} == kept
    (collected / STAMP).write_text("other")
    collect()
    assert (collected / STAMP).read_text() != "other"
