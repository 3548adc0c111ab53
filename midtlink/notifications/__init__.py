"""Who hears of what, and by which way: inbox, mail, chat, feeds."""
