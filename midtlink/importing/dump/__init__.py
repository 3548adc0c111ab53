"""What is particular to Stack Exchange dumps: files, codes, how threads lie in them."""
