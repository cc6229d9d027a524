"""What a submission can do in its sandbox: in each tier, as this user, and as an ordinary one where this is root."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import pytest
from support.courses import ROOT

from autograder.execution.run import NotebookRun
from autograder.judge.context import GradingContext
from autograder.limits import Tier
from autograder.paths import Course
from autograder.sandbox import sandbox
from autograder.sandbox.process import End, EndReason
from autograder.sandbox.root import HERE, build_root, sandbox_root
from autograder.sandbox.sandbox import NoSandbox, Sandbox, SandboxFailed, choose_tier
from autograder.sandbox.zygote_client import readable_by_all

PROBE = ROOT / "tests" / "support" / "sandbox_probe.py"
ALLOWED = {
    *("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS", "HOME", "TMPDIR"),
    *("MPLCONFIGDIR", "IPYTHONDIR", "PATH", "LANG", "USER", "PYTHONHASHSEED", "PWD", "MPLBACKEND", "LC_CTYPE"),
    *("KMP_DUPLICATE_LIB_OK", "KMP_INIT_AT_FORK"),
}


def as_an_ordinary_user():
    """The words before a command that make it an ordinary user's: root's folders that hold this Python are opened."""
    for program in ("bwrap", "setpriv"):
        assert shutil.which(program), f"{program} is not installed: apt install bubblewrap util-linux"
    words = ["bwrap", "--dev-bind", "/", "/"]
    made = set()
    for place in dict.fromkeys((Path(sys.base_prefix).resolve(), Path(sys.prefix).resolve(), HERE.parent)):
        parents = list(reversed(place.parents))
        closed = next((number for number, parent in enumerate(parents) if not parent.stat().st_mode & 1), None)
        if closed is not None:
            for number, parent in enumerate(parents[closed:]):
                if parent not in made:
                    words += ["--dir" if number else "--tmpfs", str(parent), "--chmod", "0755", str(parent)]
                made.add(parent)
            words += ["--ro-bind", str(place), str(place)]
    return [*words, "--", "setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"]


@lru_cache
def run(tier, who):
    """The probe's run, whether it came to its end or not."""
    before = as_an_ordinary_user() if who == "ordinary" else []
    environment = {**os.environ, "PYTHONPATH": str(HERE.parent), "SECRET_OF_THE_GRADER": "x", "HOME": "/tmp"}
    return subprocess.run(
        [*before, sys.executable, "-B", str(PROBE), tier.value],
        capture_output=True, text=True, timeout=150, env=environment, cwd="/", check=False,
    )  # fmt: skip


def seen(tier, who):
    """What the probe tells."""
    done = run(tier, who)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


WHO = ["this", "ordinary"] if os.geteuid() == 0 else ["this"]
CASES = [
    pytest.param((tier, who), id=f"{tier.value}-{who}", marks=pytest.mark.xdist_group(f"sandbox-{tier.value}-{who}"))
    for tier in (Tier.BUBBLEWRAP, Tier.LANDLOCK)
    for who in WHO
]


@pytest.fixture(params=CASES)
def told(request):
    return seen(*request.param)


@pytest.fixture(params=[case for case in CASES if case.values[0][0] is Tier.BUBBLEWRAP])
def told_alone(request):
    """Where it has namespaces of its own."""
    return seen(*request.param)


def test_network_and_sockets_of_the_machine_are_out_of_reach(told):
    assert told["cells"]["network"] == "tried\n"


def test_files_of_the_grader_and_of_others_are_invisible(told):
    assert told["cells"]["reading"] == "tried\n"


def test_nothing_outside_can_be_written(told):
    assert told["cells"]["writing"] == "tried\n"
    assert told["secret"] == "nobody knows"


def test_packages_are_those_that_the_course_needs(told):
    assert told["cells"]["packages"] == "tried\n"


def test_nobody_sees_which_files_others_open(told):
    assert told["cells"]["looking_on"] == "tried 1\n"


def test_no_descriptor_is_sent(told):
    """The kernel counts those on their way for all submissions of a user together."""
    assert told["cells"]["passing"] == "tried\n"


def test_lock_is_seen_by_nobody(told):
    assert told["cells"]["signals_by_locks"] == "tried\n"


def test_what_locks_its_own_files_goes_on(told):
    assert told["cells"]["locks_of_its_own"] == "(3,)\n"


def test_environment_is_clean(told):
    found = set(json.loads(told["cells"]["environment"].replace("'", '"')))
    assert found - ALLOWED == set()


def test_rights_are_given_up(told):
    shown = told["cells"]["rights"]
    for right in ("['CapEff:', '0000000000000000']", "['NoNewPrivs:', '1']", "['Seccomp:', '2']"):
        assert right in shown


def test_submission_of_root_runs_as_nobody_in_particular(told):
    user = int(told["cells"]["rights"].split()[-1])
    readable = readable_by_all(sandbox_root(HERE).python)
    assert user >= 65534 or user == os.geteuid() and (user or not readable)


def test_processes_of_others_are_invisible(told_alone):
    assert len(json.loads(told_alone["cells"]["processes_seen"])) == 2


def test_other_processes_can_not_be_signalled_traced_or_read(told):
    assert told["cells"]["others"] == "tried\n"


def test_mounts_namespaces_and_users_stay_as_they_are(told):
    assert told["cells"]["mounts"] == "tried\n"


def test_file_has_a_largest_size(told):
    assert "File too large" in told["cells"]["large_file"]


def test_processes_have_a_largest_number(told):
    count = told["forks"]
    assert "ended the process" in count or 5 <= int(count) < 20


def test_memory_of_one_process_has_an_end(told):
    assert told["cells"]["memory_of_one"].startswith("MemoryError")


def test_nothing_outlives_a_submission(told):
    assert told["cells"]["daemons"] == "left\n"
    assert told["left"] == []


def test_nothing_is_left_on_disk(told):
    assert told["files"] == ["course", "others", "site", "socket", "socket-datagram"]


def test_processor_time_has_an_end(told):
    assert told["ends"]["cpu"][1] == "cpu"


def test_processor_time_has_an_end_where_nobody_waits_for_the_processes_that_take_it(told):
    assert told["ends"]["cpu of many"][1] == "cpu"


def test_processes_stay_in_one_session(told):
    """The kernel may divide the processors by sessions."""
    assert told["cells"]["sessions"] == "True\n"


def test_memory_of_all_together_has_an_end(told):
    assert told["ends"]["memory"][1] == "memory"


def test_disk_has_an_end(told):
    shown, how = told["ends"]["disk"]
    assert "No space left" in shown or how == "disk"


def test_no_tier_is_chosen_where_none_works(monkeypatch):
    monkeypatch.setattr(sandbox, "best_tier", lambda: (Tier.NONE, "bubblewrap: bwrap is not installed"))
    with pytest.raises(NoSandbox, match="bwrap is not installed.*--no-sandbox"):
        choose_tier(None)
    assert choose_tier(Tier.NONE) is Tier.NONE


def test_best_tier_is_tried_and_the_next_is_taken(monkeypatch):
    monkeypatch.setattr(sandbox, "tier_problem", lambda tier: "no" if tier is Tier.BUBBLEWRAP else "")
    sandbox.best_tier.cache_clear()
    assert sandbox.best_tier() == (Tier.LANDLOCK, "bubblewrap: no")
    sandbox.best_tier.cache_clear()


def test_missing_bubblewrap_is_said(monkeypatch):
    monkeypatch.setattr(sandbox.bubblewrap, "program", lambda: None)
    assert sandbox.tier_problem(Tier.BUBBLEWRAP) == "bwrap is not installed"


def test_parent_that_died_is_replaced(tmp_path):
    with Sandbox(sandbox_root(HERE), None, Tier.BUBBLEWRAP, bare=True) as made:
        made._zygote._process.kill()
        made._zygote._process.wait()
        with made.fork("trial") as confined:
            assert confined.ended(10.0) == End(EndReason.EXITED)


@pytest.mark.parametrize("name", ["/etc/x", "../x", "a/../../x", "a\0b"])
def test_working_directory_outside_the_home_is_refused(name):
    made = Sandbox(sandbox_root(HERE), None, Tier.BUBBLEWRAP, bare=True)
    with pytest.raises(SandboxFailed, match="name a place below the submission's home"):
        made.fork(name)


@pytest.fixture
def below_tmp():
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        yield Path(folder)


def test_python_below_tmp_is_seen_and_the_rest_of_tmp_is_the_submissions_own(below_tmp, tmp_path):
    """As where a course and its environment lie in /tmp."""
    library = below_tmp / "shown" / "library"
    library.mkdir(parents=True)
    (library / "file").write_text("seen")
    (below_tmp / "secret").write_text("hidden")
    site = build_root(tmp_path / "site")
    with Sandbox(replace(site, shown=(*site.shown, library)), None, Tier.BUBBLEWRAP) as made:
        confined = made.fork("unit")
        run = NotebookRun(confined.socket, made.limits, GradingContext.of(Course(tmp_path), 0))
        cells = (
            f"print(open('{library}/file').read())",
            "open('/tmp/own', 'w').write('x'); print(open('/tmp/own').read())",
            f"open('{library}/own', 'w')",
            f"open('{below_tmp}/secret')",
        )
        shown = [run.cell("student", source) for source in cells]
        run.close()
        confined.close_in_background()
    assert [out[0].get("text") or out[0]["ename"] for out in shown] == ["seen\n", "x\n", "OSError", "FileNotFoundError"]
    assert not (library / "own").exists()
