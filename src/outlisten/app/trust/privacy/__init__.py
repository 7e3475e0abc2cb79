"""What a person may ask of us: to see what we hold of them, to take it along, to have it erased and not collected."""
