"""Notebooks as honest people leave them: habits, other programs, moved cells, cells and objects of their own."""
