"""The ten statements: what each says, and what it is measured by."""
