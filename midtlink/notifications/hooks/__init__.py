"""Telling chats and other systems of what happens, by calling an address of theirs."""
