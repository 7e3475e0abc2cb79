"""Mails to people or lists, through a mail server of one's own."""
