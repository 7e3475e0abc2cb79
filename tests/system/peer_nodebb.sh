#!/bin/sh
# Runs NodeBB 1.4.0 of 2017, the newest on npm, with some posts until it is ended: peer_nodebb.sh FOLDER PORT.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../../.peers/nodebb/package"
cp "$here/nodebb/write.js" .
PATH="$(cd .. && pwd)/bin:$PATH" exec ../bin/python "$here/nodebb/launch.py" "$2"
