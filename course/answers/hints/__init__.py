"""What the frames of an error give away beyond its text: about objects, about calls, and about what a line uses."""
