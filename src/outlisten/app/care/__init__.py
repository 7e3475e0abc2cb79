"""Care: people who wave for help, and the colleague who helps them."""
