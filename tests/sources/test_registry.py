"""Connectors are found by entry points, our own and others'; a broken one is named and takes nothing down."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import pytest

import outlisten.sources.rss
from outlisten.sources import registry
from outlisten.sources.manifest import manifest_in
from outlisten.sources.rss.connector import Rss

MANIFEST = (Path(outlisten.sources.rss.__path__[0]) / "manifest.toml").read_text("utf-8")
CONNECTOR = """
from outlisten.sources.connector import Connector, Page


class Weather(Connector):
    PACKAGE = "outlisten_weather"

    def pages(self, cursor):
        yield Page([{"text": "下雨"}], {})

    def post(self, record):
        return record
"""


def forget():
    """Look for connectors anew, as a new process does."""
    registry._loaded.cache_clear()
    manifest_in.cache_clear()


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """Installs a package of somebody else with one connector; gives back nothing but takes it away at the end."""
    monkeypatch.syspath_prepend(tmp_path)
    forget()

    def install(code=CONNECTOR, manifest=None, point="weather = outlisten_weather:Weather"):
        package, info = tmp_path / "outlisten_weather", tmp_path / "outlisten_weather-1.0.dist-info"
        package.mkdir()
        info.mkdir()
        (package / "__init__.py").write_text(code, "utf-8")
        (package / "manifest.toml").write_text(manifest or MANIFEST.replace('"rss"', '"weather"'), "utf-8")
        (info / "METADATA").write_text("Metadata-Version: 2.1\nName: outlisten-weather\nVersion: 1.0\n")
        (info / "entry_points.txt").write_text(f"[outlisten.sources]\n{point}\n", "utf-8")
        importlib.invalidate_caches()

    yield install
    forget()
    sys.modules.pop("outlisten_weather", None)


def test_our_own_connectors_are_there_and_none_is_broken():
    assert registry.connectors()["rss"] is Rss
    assert registry.connector("rss") is Rss
    assert registry.broken() == {}
    assert list(registry.connectors()) == sorted(registry.connectors())
    assert registry.manifests()["rss"].title.en.startswith("Feed")


@pytest.mark.parametrize("name", ["nothing", "", "天气", "RSS"])
def test_a_connector_that_is_not_installed_is_told_apart(name):
    with pytest.raises(registry.NoConnector) as found:
        registry.connector(name)
    assert str(found.value) == name


def test_a_connector_of_another_package_is_found(installed):
    installed()
    one = registry.connector("weather")
    assert one.__module__ == "outlisten_weather"
    assert registry.manifests()["weather"].name == "weather"
    assert registry.broken() == {}


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"code": "import no_such_module_anywhere"}, "ModuleNotFoundError: No module named 'no_such_module_anywhere'"),
        ({"code": "def ("}, "SyntaxError"),
        ({"code": "raise RuntimeError('没有密钥')"}, "RuntimeError: 没有密钥"),
        ({"code": "raise SystemExit(1)"}, "SystemExit: 1"),
        ({"code": "Cloud = 1"}, "AttributeError"),
        ({"code": "class Weather: pass"}, "TypeError: outlisten_weather:Weather is no Connector"),
        ({"code": "Weather = '天气'"}, "is no Connector"),
        ({"code": CONNECTOR.replace("def post", "def posts")}, "TypeError: outlisten_weather:Weather lacks post"),
        ({"code": CONNECTOR.replace('    PACKAGE = "outlisten_weather"\n', "")}, "AttributeError"),
        ({"code": CONNECTOR.replace('PACKAGE = "outlisten_weather"', 'PACKAGE = "no_such_package"')}, "no_such_package"),
        ({"manifest": MANIFEST}, "ValueError: its manifest calls it 'rss'"),
        ({"manifest": "name = "}, "manifest.toml of outlisten_weather"),
        ({"point": "weather = outlisten_nowhere:Weather"}, "ModuleNotFoundError"),
        ({"point": "天气 = outlisten_weather:Weather"}, "its manifest calls it 'weather'"),
    ],
)  # fmt: skip
def test_a_broken_connector_is_named_with_the_reason_and_takes_nothing_down(installed, changed, reason):
    installed(**changed)
    assert registry.connectors()["rss"] is Rss
    ((name, wrong),) = registry.broken().items()
    assert reason in wrong
    assert name not in registry.connectors()
    with pytest.raises(registry.NoConnector):
        registry.connector(name)


def test_no_other_package_takes_the_place_of_one_of_ours(installed):
    installed(manifest=MANIFEST, point="rss = outlisten_weather:Weather")
    assert registry.connector("rss") is Rss
    assert registry.broken() == {"rss (outlisten_weather:Weather)": "another connector has this name"}
