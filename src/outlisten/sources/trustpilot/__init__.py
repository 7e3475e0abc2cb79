"""Trustpilot: what people say of companies in their reviews, and the companies' replies."""
