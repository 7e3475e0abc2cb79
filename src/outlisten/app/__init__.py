"""The application: people, listening and pages on top of the library. The library never imports it."""
