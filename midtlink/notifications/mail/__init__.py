"""Mail: which notices leave the house as mails, when, and what a mail says."""
