"""The ledger: facts become entries, entries become sums, and all of it can be replayed."""
