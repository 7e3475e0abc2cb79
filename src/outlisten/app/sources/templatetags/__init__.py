"""Tags that pages of other rooms use to speak of sources."""
