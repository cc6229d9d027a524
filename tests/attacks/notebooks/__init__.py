"""Attacks by what is handed in: notebooks, and what lies in their place, that are not as they seem."""
