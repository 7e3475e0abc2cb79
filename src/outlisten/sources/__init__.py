"""Networks to listen to: one folder each, with manifest, client, mapping and fixtures (see CONTRIBUTING).

None is connected yet; posts come in from files (`posts.files`). What a network brings goes to `Pipeline.ingest`.
"""
