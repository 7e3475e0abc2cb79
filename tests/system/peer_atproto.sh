#!/bin/sh
# Runs a whole AT Protocol network until it is ended: peer_atproto.sh FOLDER PORT (of the server that holds the accounts).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../../.peers/atproto/net"
# They are imported from beside the packages that they import.
cp "$here/atproto/network.mjs" "$here/atproto/loopback.mjs" .
exec ../bin/python "$here/atproto/launch.py" "$1" "$2"
