"""``python -m autograder COMMAND``: build, verify, judge, grade, work, demo, doctor."""

import sys

from autograder.commands.command_line import main

if __name__ == "__main__":
    sys.exit(main())
