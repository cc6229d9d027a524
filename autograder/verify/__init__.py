"""Whether every unit keeps its word: its answers, its text, and a class of simulated students."""
