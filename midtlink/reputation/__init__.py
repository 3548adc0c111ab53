"""What helping each other is worth: the ledger of points, and what follows from it."""
