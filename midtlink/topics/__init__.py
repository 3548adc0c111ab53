"""Systems and tags: what questions are about."""
