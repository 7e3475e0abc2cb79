"""Who takes part: which departments and backgrounds listen, answer and decide, and how much of the talk is with customers."""
