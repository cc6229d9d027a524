"""What was handed in, from its folder to a rebuilt notebook; nothing of it is executed here."""
