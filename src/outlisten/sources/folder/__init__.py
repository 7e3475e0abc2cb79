"""A folder of this machine as a source: every file that is put there is taken in once."""
