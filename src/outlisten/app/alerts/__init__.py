"""What goes out to people who are not looking at a page: alerts, digests, and the channels they take."""
