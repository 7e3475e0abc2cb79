"""Sources in the application: what is collected, by whom it was set up, how it runs, and how it fares."""
