"""Another course with the same engine: a folder of its own, with notebooks that import what is installed."""

import subprocess
import sys


def test_course_is_imported_in_the_folder_of_another_course(built_small_course):
    code = "from course import check\ndef slope(f, x, h=1e-5): raise NotImplementedError()\ncheck(slope)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=built_small_course.root, check=False
    )
    assert done.stdout == "slope: not written yet\n", done.stderr
