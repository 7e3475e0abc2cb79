"""Digests: what each department is told of its topics, written when it is due."""
