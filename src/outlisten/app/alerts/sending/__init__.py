"""Messages are made of what was found, and delivered until they arrive or are given up."""
