"""A mailbox as a source: what customers write to it, or the alert mails that arrive in one of its folders."""
