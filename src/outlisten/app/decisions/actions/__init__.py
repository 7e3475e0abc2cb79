"""What may be done to insights and decisions; each act checks its permission and writes its audit row."""
