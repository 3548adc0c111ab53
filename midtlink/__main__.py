"""Let `python -m midtlink` be the command line."""

from midtlink.cli import main

main()
