#!/bin/sh
# Starts Dovecot and Postfix on 127.0.0.1 in a folder of their own: sh peer_mail.sh FOLDER IMAP IMAPS SMTP SMTPS
# FOLDER holds cert.pem and key.pem. Every name signs in with the password "secret"; mail is taken for care@brand.test and
# lilei@customer.test, every other address is refused. To stop: kill $(cat FOLDER/dovecot.pid); postfix -c FOLDER/pf stop
set -eu
D=$1; IMAP=$2; IMAPS=$3; SMTP=$4; SMTPS=$5; U=65534
mkdir -p "$D"/run "$D"/state "$D"/mail "$D"/pf/q "$D"/pf/d
cat > "$D/dovecot.conf" <<C
base_dir = $D/run
state_dir = $D/state
log_path = $D/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <$D/cert.pem
ssl_key = <$D/key.pem
disable_plaintext_auth = no
default_internal_user = nobody
default_login_user = nobody
default_internal_group = nogroup
mail_location = maildir:$D/mail/%u
first_valid_uid = 1
auth_failure_delay = 0
passdb {
  driver = static
  args = password=secret
}
userdb {
  driver = static
  args = uid=$U gid=$U home=$D/mail/%u
}
service imap-login {
  chroot =
  inet_listener imap {
    port = $IMAP
  }
  inet_listener imaps {
    port = $IMAPS
    ssl = yes
  }
}
service anvil {
  chroot =
}
service auth {
  unix_listener $D/run/sasl {
    mode = 0666
  }
}
service stats {
  chroot =
}
namespace inbox {
  inbox = yes
  mailbox Sent {
    auto = create
    special_use = \Sent
  }
  mailbox Trash {
    auto = create
    special_use = \Trash
  }
}
C
cat > "$D/pf/main.cf" <<C
compatibility_level = 3.6
queue_directory = $D/pf/q
data_directory = $D/pf/d
maillog_file = $D/pf/log
maillog_file_prefixes = /
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mx.brand.test
mydestination =
local_transport = error:no local mail
alias_maps =
default_transport = error:no outside mail
virtual_mailbox_domains = brand.test, customer.test
virtual_mailbox_base = $D/mail
virtual_mailbox_maps = inline:{ care@brand.test=care@brand.test/, lilei@customer.test=lilei@customer.test/ }
virtual_uid_maps = static:$U
virtual_gid_maps = static:$U
virtual_minimum_uid = 1
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = $D/run/sasl
smtpd_tls_cert_file = $D/cert.pem
smtpd_tls_key_file = $D/key.pem
smtpd_tls_security_level = may
C
sed -E -e "s/^smtp +inet .*/127.0.0.1:$SMTP inet n - n - - smtpd\n127.0.0.1:$SMTPS inet n - n - - smtpd -o smtpd_tls_wrappermode=yes/" \
  -e 's/^(\S+\s+(unix|inet|fifo)\s+\S+\s+\S+\s+)y/\1n/' /usr/share/postfix/master.cf.dist > "$D/pf/master.cf"
touch "$D/dovecot.log"
chown -R $U:$U "$D/run" "$D/state" "$D/mail" "$D/dovecot.log" "$D/key.pem"
chown postfix "$D/pf/d"
[ -e /etc/postfix/main.cf ] || touch /etc/postfix/main.cf # postfix wants it, even with a folder of its own
setsid setpriv --reuid=$U --regid=$U --clear-groups dovecot -F -c "$D/dovecot.conf" >/dev/null 2>&1 &
echo $! > "$D/dovecot.pid"
postfix -c "$D/pf" start >/dev/null 2>&1
