"""Trust: the audit log, disclosure watch, retention, and what a person may ask of us."""
