"""Google Play: what people say of one's own apps in their reviews, and the answers to them."""
