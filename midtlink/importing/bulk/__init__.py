"""Writing imported threads in bulk, whatever source they come from."""
