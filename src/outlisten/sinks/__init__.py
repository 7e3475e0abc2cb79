"""Channels out: one folder each, with manifest, sink and writing (see CONTRIBUTING), found by `registry`.

Whoever has something to say makes a `Message`; a sink writes it as its channel wants it and delivers it.
"""
