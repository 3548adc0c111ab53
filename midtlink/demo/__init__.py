"""A believable hospital's worth of data."""
