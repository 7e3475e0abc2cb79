"""Networks to listen to: one folder each, with manifest, client and mapping (see CONTRIBUTING), found by `registry`.

What a network brings goes to `Pipeline.ingest` by way of `collecting`.
"""
