"""The heart: asking, answering, commenting, editing, voting, accepting, closing."""
