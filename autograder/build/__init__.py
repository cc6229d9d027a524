"""Release notebooks, keys and students' working copies, made from what stands in ``source/``."""
