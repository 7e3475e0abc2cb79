"""The home folder: private, owned by one process, with one secret."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from outlisten.home import Home, HomeBusy, HomeUnusable, default_home

HOLD = """
import sys
from pathlib import Path
from outlisten.home import Home
with Home(Path(sys.argv[1])).lock("outlisten import"):
    print("held", flush=True)
    sys.stdin.read()
"""


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_new_home_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    home = Home(tmp_path / "deep" / "home").create()
    assert mode(home.path) == 0o700


def test_the_secret_is_made_once_and_kept_private(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    first = home.secret_key()
    assert len(first) > 60
    assert home.secret_key() == first
    assert mode(home.path / "secret.key") == 0o600
    assert [p.name for p in home.path.iterdir()] == ["secret.key"]


def test_two_homes_have_different_secrets(tmp_path: Path) -> None:
    assert Home(tmp_path / "a").secret_key() != Home(tmp_path / "b").secret_key()


def test_a_home_held_by_another_process_is_refused_with_its_number(tmp_path: Path) -> None:
    home = Home(tmp_path)
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], text=True, **pipes) as other:
        assert other.stdout.readline() == "held\n"
        with pytest.raises(HomeBusy) as refused, home.lock("outlisten serve"):
            pass
        other.stdin.close()
    assert str(other.pid) in str(refused.value)
    assert "outlisten import" in str(refused.value)
    assert str(other.pid) in refused.value.text("zh-hans")


def test_a_home_is_free_again_after_its_holder_was_killed(tmp_path: Path) -> None:
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], text=True, **pipes) as other:
        assert other.stdout.readline() == "held\n"
        other.kill()
    with Home(tmp_path).lock("outlisten serve"):
        assert str(os.getpid()) in (tmp_path / "owner.lock").read_text()


def test_a_file_in_the_place_of_the_home_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(HomeUnusable, match=r"file.*--home"):
        Home(tmp_path / "file").create()


def test_the_environment_chooses_the_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OUTLISTEN_HOME", str(tmp_path))
    assert default_home() == tmp_path
    monkeypatch.delenv("OUTLISTEN_HOME")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    if sys.platform != "darwin":
        assert default_home() == tmp_path / "data" / "outlisten"


def test_addresses_inside_the_home_are_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OUTLISTEN_POSTS_URL", raising=False)
    monkeypatch.delenv("OUTLISTEN_DATABASE_URL", raising=False)
    home = Home(tmp_path)
    assert home.posts_url == f"chdb://{tmp_path}/posts"
    assert home.database_url == f"sqlite:///{tmp_path}/outlisten.sqlite3"


def test_blanks_and_han_in_the_path_survive_the_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OUTLISTEN_POSTS_URL", raising=False)
    folder = tmp_path / "我的 100% 数据?#"
    assert unquote(urlsplit(Home(folder).posts_url).path) == f"{folder}/posts"
