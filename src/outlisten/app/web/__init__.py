"""The shell of the pages: layout, building blocks, static files, security headers, live updates."""
