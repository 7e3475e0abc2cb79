"""What trust keeps: the audit log, how long posts stay, and what people asked of us."""

from outlisten.app.trust.models.audit import AuditHead, AuditRow
from outlisten.app.trust.models.disclosure import JudgedPost, MarketVerdict
from outlisten.app.trust.models.privacy import PrivacyRequest, RefusedAuthor
from outlisten.app.trust.models.retention import RetentionRule

__all__ = [
    "AuditHead",
    "AuditRow",
    "JudgedPost",
    "MarketVerdict",
    "PrivacyRequest",
    "RefusedAuthor",
    "RetentionRule",
]
