#!/bin/sh
# Runs Synapse with the limits that it has by itself: peer_synapse_limited.sh FOLDER PORT.
exec sh "$(dirname "$0")/peer_synapse.sh" "$1" "$2" its-own-limits
