"""Colleagues: who they are, where they work, how they sign in, what they may do."""
