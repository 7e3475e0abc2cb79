"""The small gazetteer."""
