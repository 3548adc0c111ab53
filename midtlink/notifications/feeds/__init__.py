"""Feeds: what is asked, for a feed reader that shows a key in place of a sign-in."""
