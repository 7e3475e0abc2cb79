"""Feeds: RSS, Atom and JSON Feed, found from a site's address."""
