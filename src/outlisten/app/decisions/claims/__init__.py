"""The claims lab: promises written down, frozen, and tested against what happened."""
