"""Facebook: the posts of a Page, what people write to it and under its posts, and posts that name it."""
