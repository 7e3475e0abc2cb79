"""What many posts say together."""
