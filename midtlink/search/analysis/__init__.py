"""From words to what is looked for: one chain for what is written and what is typed."""
