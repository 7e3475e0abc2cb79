#!/bin/sh
# Downloads feedparser's own test cases, of the version that the lock names, from where packages come from, and prints their folder.
set -eu
version=$(sed -n 's/^feedparser==\([^ ;]*\).*/\1/p' requirements.lock)
folder=.peers/feedparser-$version
if [ ! -d "$folder/tests" ]; then
  mkdir -p .peers
  part=$(mktemp -d .peers/part.XXXXXX)
  trap 'rm -rf "$part"' EXIT
  .venv/bin/python -m pip download --quiet --disable-pip-version-check --no-deps --no-binary :all: --dest "$part" \
    "feedparser==$version" >&2
  tar -xzf "$part/feedparser-$version.tar.gz" -C "$part"
  mv "$part/feedparser-$version" "$folder"
fi
echo "$PWD/$folder/tests"
