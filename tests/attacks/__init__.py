"""What a submission can try: each attack is handed in for real, and graded in one batch with honest students."""
