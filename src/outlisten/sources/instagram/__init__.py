"""Instagram: comments on one’s own media, media that tag the account, and hashtags, for professional accounts."""
