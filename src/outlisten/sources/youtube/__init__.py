"""YouTube: comments on channels and videos with their replies, and new videos by words."""
