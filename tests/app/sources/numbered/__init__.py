"""A network for tests: posts with the numbers 1 to `last`, served by an HTTP server that can be cut off and come back."""
