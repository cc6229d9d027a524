"""One answer is judged: by a graded cell, or from a file of answers."""
