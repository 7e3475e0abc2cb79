"""Channels and what they delivered, rules and what they found, digests and their issues."""

from outlisten.app.alerts.models.channels import Channel, Delivery
from outlisten.app.alerts.models.digests import Digest, DigestIssue
from outlisten.app.alerts.models.fired import Alert
from outlisten.app.alerts.models.rules import AlertRule, Kind

__all__ = ["Alert", "AlertRule", "Channel", "Delivery", "Digest", "DigestIssue", "Kind"]
