"""``check`` and what it is made of: the comparison with the key, the mistake that it names, and the words for it."""
