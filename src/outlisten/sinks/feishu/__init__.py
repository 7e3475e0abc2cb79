"""A group of Feishu or Lark, by its custom bot."""
