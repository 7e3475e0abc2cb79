"""What people say that posts say: it wins over the models' readings, measures them, and teaches them."""
