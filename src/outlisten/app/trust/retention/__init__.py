"""How long posts are kept: rules, what they would remove, the daily sweep, and how old what we hold is."""
