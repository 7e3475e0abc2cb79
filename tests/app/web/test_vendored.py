"""Front-end parts by others: as the manifest says, all that is used, and nothing fetched from elsewhere."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import outlisten.app

APP = Path(outlisten.app.__path__[0])
VENDOR = APP / "web" / "static" / "vendor"
REPOSITORY = Path(__file__).parents[3]
MANIFEST = json.loads((VENDOR / "manifest.json").read_text("utf-8"))
TEMPLATES = sorted(APP.glob("*/templates/**/*.html"))
OURS = sorted([*APP.glob("*/static/web/*"), *APP.glob("listening/static/**/*.*")])


def test_every_file_is_the_one_that_was_vendored() -> None:
    made = {name: facts["sha256"] for name, facts in MANIFEST["files"].items()}
    assert {name: hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() for name in made} == made
    assert {file.name for file in VENDOR.iterdir()} == {*made, "manifest.json"}


def test_every_package_is_pinned_and_its_licence_kept() -> None:
    lock = json.loads((REPOSITORY / "package-lock.json").read_text("utf-8"))["packages"]
    licences = (VENDOR / "LICENCES.txt").read_text("utf-8")
    for name, facts in MANIFEST["packages"].items():
        assert lock[f"node_modules/{name}"]["integrity"] == facts["integrity"]
        assert f"{name} {facts['version']} ({facts['licence']})" in licences


def test_every_icon_that_is_used_is_in_the_sprite() -> None:
    sprite = set(re.findall(r'<symbol id="([\w-]+)"', (VENDOR / "icons.svg").read_text("utf-8")))
    used = set()
    for template in TEMPLATES:
        used |= set(re.findall(r'{% icon "([\w-]+)"', template.read_text("utf-8")))
        used |= set(re.findall(r'\bicon="([\w-]+)"', template.read_text("utf-8")))
    for code in APP.glob("web/*.py"):
        used |= set(re.findall(r'"icon": "([\w-]+)"', code.read_text("utf-8")))
    assert used - sprite == set()


def test_every_class_of_tablers_that_is_used_is_vendored() -> None:
    known = set((REPOSITORY / "frontend" / "tabler-classes.txt").read_text("utf-8").split())
    kept = set(re.findall(r"\.(-?[_a-zA-Z][\w-]*)", (VENDOR / "tabler.css").read_text("utf-8")))
    used = set()
    for template in TEMPLATES:
        for value in re.findall(r'class="([^"]*)"', template.read_text("utf-8")):
            used |= set(re.sub(r"{[{%].*?[%}]}", " ", value).split())
    assert (used & known) - kept == set(), "run `npm ci --ignore-scripts && npm run vendor`"


def test_our_own_files_fetch_nothing_from_elsewhere() -> None:
    for file in [*OURS, *TEMPLATES]:
        text = re.sub(r"<!--.*?-->|xmlns=\"[^\"]*\"", "", file.read_text("utf-8"))
        assert not re.search(r"(src|href|url|import|fetch)\W{1,3}(https?:)?//", text), file.name


def test_style_sheets_ask_for_no_other_file() -> None:
    for sheet in [VENDOR / "tabler.css", *(file for file in OURS if file.suffix == ".css")]:
        text = sheet.read_text("utf-8")
        assert "@import" not in text, sheet.name
        assert {asked[:5] for asked in re.findall(r"url\(\s*[\"']?([^\"')]*)", text)} <= {"data:"}, sheet.name


def test_no_italics_and_no_letter_spacing_on_han() -> None:
    for sheet in (file for file in OURS if file.suffix == ".css"):
        for rule in re.findall(r"([^{}]+)\{([^{}]*)\}", sheet.read_text("utf-8")):
            if "italic" in rule[1]:
                assert ":not(:lang(zh)" in rule[0]
