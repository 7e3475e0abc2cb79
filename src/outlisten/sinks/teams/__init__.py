"""A channel or chat of Microsoft Teams, by a webhook of Workflows."""
