"""What administrators change while it runs: typed rows with a default."""
