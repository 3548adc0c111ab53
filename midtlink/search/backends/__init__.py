"""Engines behind one protocol; which one runs is said in the configuration."""
