#!/bin/sh
# Runs snac, a server of the Fediverse, until it is ended: peer_snac.sh FOLDER PORT. The first start makes the accounts alice
# and brand; their passwords are in FOLDER/passwords.
set -eu
folder=$1; port=$2
as=""
if [ "$(id -u)" = 0 ]; then  # it refuses to run as root
  as="setpriv --reuid=nobody --regid=nogroup --clear-groups"
  chown nobody:nogroup "$folder"
fi
if [ ! -d "$folder/data" ]; then
  printf '127.0.0.1\n%s\n127.0.0.1:%s\n\n\n' "$port" "$port" | $as snac init "$folder/data" >/dev/null
  python3 -c '
import json, sys
from pathlib import Path
path = Path(sys.argv[1])
# It sends what is written to itself too: with few threads they wait for each other.
own = {"protocol": "http", "disable_email_notifications": True, "num_threads": 24, "queue_timeout": 2, "queue_timeout_2": 2}
path.write_text(json.dumps(json.loads(path.read_text()) | own))
' "$folder/data/server.json"
  for name in alice brand; do
    echo "$name" | $as snac adduser "$folder/data" "$name" | sed -n "s/^.*User password is /$name /p"
  done >"$folder/passwords"
fi
# In the C locale it stores posts with Chinese text empty.
LC_ALL=C.UTF-8 exec $as snac httpd "$folder/data"
