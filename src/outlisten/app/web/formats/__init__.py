"""How days and numbers are written, where Django's own forms do not suit us."""
