"""What may be done in care, and by whom. Every act asks the rules, writes history and audit, and tells open pages."""
