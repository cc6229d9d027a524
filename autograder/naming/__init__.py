"""What names mean that people give: to folders, to files, to themselves."""
