#!/bin/sh
# Runs mastodon_mock, an imitation of Mastodon 4.6, until it is ended: peer_mastodon_mock.sh FOLDER PORT [HOST:PORT], the last
# being where it tells others to find it.
set -eu
cd "$1"
exec "$OLDPWD/.peers/mastodon_mock/bin/mastodon_mock" serve --in-memory --host 127.0.0.1 --port "$2" ${3:+--domain "$3"}
