#!/bin/sh
# Runs Synapse, the homeserver of Matrix, until it is ended: peer_synapse.sh FOLDER PORT [its-own-limits]. Everybody may register.
# With a third word it keeps the limits that it has by itself on how fast an account may write and sign in.
set -eu
python=$(pwd)/.peers/synapse/bin/python
cd "$1"
if [ ! -f base.yaml ]; then
  "$python" -m synapse.app.homeserver --server-name localhost --config-path base.yaml --generate-config --report-stats=no >/dev/null
  cat >own.yaml <<Y
listeners:
  - {port: $2, bind_addresses: ['127.0.0.1'], type: http, tls: false, resources: [{names: [client], compress: false}]}
trusted_key_servers: []
enable_registration: true
enable_registration_without_verification: true
Y
  often='{per_second: 1000, burst_count: 1000}'
  [ -n "${3:-}" ] || cat >>own.yaml <<Y
rc_message: $often
rc_registration: $often
rc_joins: {local: $often, remote: $often}
rc_joins_per_room: $often
rc_invites: {per_room: $often, per_user: $often, per_issuer: $often}
rc_room_creation: $often
rc_login: {address: $often, account: $often, failed_attempts: $often}
Y
fi
exec "$python" -m synapse.app.homeserver -c base.yaml -c own.yaml
