"""Digests: what a day or a week has brought, in one mail; none where that is nothing."""
