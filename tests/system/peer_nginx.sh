#!/bin/sh
# Runs nginx with the feeds in FOLDER/www until it is ended: peer_nginx.sh FOLDER PORT. It needs no root. Beside them stand a feed
# that moved, one that is gone, one that is asked too often, and one for those who sign in as "kefu" with the password "secret".
set -eu
folder=$1; port=$2
mkdir -p "$folder/www" "$folder/temp"
[ -e "$folder/www/index.html" ] || echo 'feeds' >"$folder/www/index.html"
echo 'kefu:{PLAIN}secret' >"$folder/htpasswd"
user=""
[ "$(id -u)" != 0 ] || user="user root;"  # its workers read a folder that only we may enter
cat >"$folder/nginx.conf" <<C
$user
pid nginx.pid; error_log error.log; daemon off; master_process off;  # one process: who ends it ends all of it
events { worker_connections 64; }
http {
  types { application/rss+xml rss; application/atom+xml atom; application/feed+json json; text/html html; }
  log_format asked '\$request_uri \$status \$bytes_sent "\$http_if_none_match" "\$sent_http_content_encoding"';
  access_log access.log asked;
  gzip on; gzip_min_length 0; gzip_types application/rss+xml application/atom+xml application/feed+json;
  client_body_temp_path temp; proxy_temp_path temp; fastcgi_temp_path temp; uwsgi_temp_path temp; scgi_temp_path temp;
  server {
    listen 127.0.0.1:$port; root www;
    location = /moved.rss   { return 301 /feed.rss; }
    location = /lent.rss    { return 302 /feed.rss; }
    location = /gone.rss    { return 410; }
    location = /limited.rss { add_header Retry-After 30 always; return 429; }
    location = /later.rss   { add_header Retry-After 45 always; return 503; }
    location = /private.rss { auth_basic feeds; auth_basic_user_file htpasswd; }
    location = /slow.rss    { limit_rate 2k; gzip off; }
  }
}
C
exec nginx -p "$folder" -c "$folder/nginx.conf" -e "$folder/error.log"
