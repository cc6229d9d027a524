"""``python -m autograder judge UNIT FILE``: a contract that other tools call."""

import json
import subprocess
import sys

import pytest
from support.courses import SMALL

from autograder.__main__ import main
from autograder.verify.simulated_class import fill_in

UNIT = "01_kinds"
RIGHT_SLOPE = "def slope(f, x, h=1e-5):\n    return (f(x + h) - f(x - h)) / (2 * h)\n"


@pytest.fixture
def judge(monkeypatch, capsys, tmp_path):
    """Judge a text as a file; gives (exit code, verdicts by exercise, what stderr says)."""
    monkeypatch.chdir(SMALL)

    def run(text, *options, name="answers.py"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        code = main(["judge", UNIT, str(path), "--json", *options])
        out, err = capsys.readouterr()
        return code, {entry["exercise"]: entry for entry in json.loads(out)} if out else {}, err

    return run


def test_right_answer_gets_all_points(judge):
    code, verdicts, _ = judge(RIGHT_SLOPE)
    assert code == 0
    assert list(verdicts) == ["slope"]
    verdict = verdicts["slope"]
    assert (verdict["points"], verdict["max_points"], verdict["passed"], verdict["mistake"]) == (2.0, 2.0, True, None)


def test_known_mistake_is_named(judge):
    _, verdicts, _ = judge("def slope(f, x, h=1e-5):\n    return (f(x + h) - f(x - h)) / h\n")
    assert (verdicts["slope"]["points"], verdicts["slope"]["passed"]) == (0.0, False)
    assert verdicts["slope"]["mistake"] == "not-halved"
    assert "The step is 2h long." in verdicts["slope"]["message"]


def test_partly_right_answer_gets_part_of_the_points(judge):
    _, verdicts, _ = judge("def linear_backward(dz, x, W):\n    return dz @ W.T, x.T @ dz, dz.mean(axis=0)\n")
    assert verdicts["linear_backward"]["points"] == 2.67
    assert verdicts["linear_backward"]["mistake"] == "averaged-rows"
    assert "dx and dW are right, db is not." in verdicts["linear_backward"]["message"]


def test_escape_that_is_none_is_not_remarked_on(judge):
    _, verdicts, err = judge(RIGHT_SLOPE.replace("return", "'\\d is no escape'\n    return"))
    assert (verdicts["slope"]["passed"], err) == (True, "")


def test_nul_character_is_told_without_a_line_that_nobody_knows(judge):
    code, _, err = judge(RIGHT_SLOPE + "'\0'")
    assert code == 2
    assert "answers.py holds a NUL character, which Python can't read. Type its text anew." in err


def test_docstring_that_no_file_could_hold_costs_nothing(judge):
    text = "def slope(f, x, h=1e-5):\n    '\\ud83d'\n    return (f(x + h) - f(x - h)) / (2 * h)\n"
    _, verdicts, err = judge(f"'\\ud83d'\n{text}")
    assert (verdicts["slope"]["passed"], err) == (True, "")


def test_names_and_errors_that_no_file_could_hold_are_told_all_the_same(judge):
    _, verdicts, _ = judge(
        "def slope(f, x, h=1e-5):\n    raise ValueError('\\ud83d')\n\n\n"
        "def linear_backward(dz, x, W):\n    return {'\\ud83d': dz, 'dx': dz}\n"
    )
    assert "stops with ValueError: ?, in" in verdicts["slope"]["message"]
    assert "It has ?." in verdicts["linear_backward"]["message"]


def test_stub_is_not_written_yet(judge):
    _, verdicts, _ = judge("def slope(f, x, h=1e-5):\n    raise NotImplementedError()\n")
    assert verdicts["slope"]["points"] == 0
    assert verdicts["slope"]["mistake"] == "not-written"
    assert "not written yet" in verdicts["slope"]["message"]


def test_stdout_is_json_whatever_the_answers_print(tmp_path):
    path = tmp_path / "answers.py"
    path.write_text(
        "import os, sys\nprint('one')\nos.write(1, b'two')\n"
        "def slope(f, x, h=1e-5):\n    print('three')\n    os.write(1, b'four')\n"
        "    sys.__stdout__.write('five')\n    return 0.0\n"
    )
    done = subprocess.run(
        [sys.executable, "-m", "autograder", "judge", UNIT, str(path), "--json"],
        capture_output=True, text=True, cwd=SMALL, check=False,
    )  # fmt: skip
    assert [entry["exercise"] for entry in json.loads(done.stdout)] == ["slope"]
    assert done.returncode == 0


def test_answer_that_never_returns_is_stopped_and_the_rest_is_judged(judge):
    code, verdicts, _ = judge(
        "def linear_backward(dz, x, W):\n    while True:\n        pass\n\n\n" + RIGHT_SLOPE, "--timeout", "1"
    )
    assert code == 0
    assert verdicts["linear_backward"]["mistake"] == "never-returned"
    assert "did not return within 1 s" in verdicts["linear_backward"]["message"]
    assert verdicts["linear_backward"]["max_points"] == 4.0
    assert verdicts["slope"]["passed"]


def test_answer_that_ends_the_process_costs_itself_only(judge):
    _, verdicts, _ = judge("import os\ndef linear_backward(dz, x, W):\n    os._exit(0)\n\n\n" + RIGHT_SLOPE)
    assert verdicts["linear_backward"]["mistake"] == "crashed"
    assert "ended the Python process" in verdicts["linear_backward"]["message"]
    assert verdicts["slope"]["passed"]


def test_file_whose_definitions_never_end_is_named(judge):
    import autograder.judge.judge_file as module

    limit, module.START_TIMEOUT = module.START_TIMEOUT, 3.0
    try:
        code, _, said = judge("while True:\n    pass\n", "--timeout", "1")
    finally:
        module.START_TIMEOUT = limit
    assert code == 2
    assert "a loop or a call stands outside them" in said


def test_syntax_error_is_one_sentence_with_file_and_line(judge, tmp_path):
    code, _, said = judge("x = 1\ndef slope(f, x:\n    return\n")
    assert code == 2
    assert said.startswith(f"{tmp_path / 'answers.py'}, line 2: ")
    assert said.count("\n") == 1


@pytest.mark.parametrize(
    ("unit", "file", "words"),
    [
        ("99_none", "answers.py", "There is no unit '99_none'. The units are:\n  01_kinds"),
        (UNIT, "none.py", "There is no file none.py."),
        (UNIT, ".", ". is a folder."),
    ],
)
def test_bad_arguments_are_one_sentence(monkeypatch, capsys, unit, file, words):
    monkeypatch.chdir(SMALL)
    assert main(["judge", unit, file]) == 2
    assert words in capsys.readouterr().err


def test_file_that_is_no_text_is_one_sentence(monkeypatch, capsys, tmp_path):
    monkeypatch.chdir(SMALL)
    path = tmp_path / "answers.py"
    path.write_bytes(b"\xff\xfe\x00\x80")
    assert main(["judge", UNIT, str(path)]) == 2
    assert "can't be read as text" in capsys.readouterr().err


def test_notebook_that_is_none_is_one_sentence(judge):
    code, _, said = judge("<html>log in</html>", name="answers.ipynb")
    assert code == 2
    assert "is not a Jupyter notebook" in said


def test_statement_that_fails_is_noted_and_the_rest_is_judged(judge):
    code, verdicts, said = judge("undefined_name\n" + RIGHT_SLOPE)
    assert code == 0
    assert "line 1 stops with NameError: name 'undefined_name' is not defined; it was left out." in said
    assert verdicts["slope"]["passed"]


def test_file_without_answers_gives_an_empty_list(judge):
    code, verdicts, said = judge("x = 1\n")
    assert (code, verdicts) == (0, {})
    assert "defines none of the exercises of 01_kinds: linear_backward, value_product" in said


def test_class_is_judged_by_its_scenario(judge):
    _, verdicts, _ = judge(
        "class RunningMean:\n    def __init__(self):\n        self.seen = []\n    def update(self, value):\n"
        "        self.seen.append(value)\n        return sum(self.seen) / len(self.seen)\n"
    )
    assert list(verdicts) == ["running_mean"]
    assert verdicts["running_mean"]["passed"]


def test_what_the_file_does_not_define_is_supplied(judge):
    _, verdicts, _ = judge(
        "def layer_gradients(params, x, dz):\n"
        "    dx, dW, db = linear_backward(dz, x, params['W'])\n    return {'dW': dW, 'db': db}\n"
    )
    assert verdicts["layer_gradients"]["passed"]


def test_one_mistake_costs_once(judge):
    _, verdicts, _ = judge(
        "def slope(f, x, h=1e-5):\n    return 0.0\n\n\n"
        "def layer_gradients(params, x, dz):\n    one = slope(lambda x: x, 1.0)\n"
        "    return {'dW': one * (x.T @ dz), 'db': one * dz.sum(axis=0)}\n"
    )
    assert not verdicts["slope"]["passed"]
    assert verdicts["layer_gradients"]["passed"]


def test_answer_that_only_calls_another_one_is_as_wrong_as_that(judge):
    """A right linear_backward would give layer_gradients with other arguments: it is withheld."""
    _, verdicts, _ = judge(
        "def linear_backward(dz, x, W):\n    return 2 * dz @ W.T, 2 * x.T @ dz, 2 * dz.sum(axis=0)\n\n\n"
        "def layer_gradients(params, x, dz):\n"
        "    dx, dW, db = linear_backward(dz, x, params['W'])\n    return {'dW': dW, 'db': db}\n"
    )
    assert not verdicts["linear_backward"]["passed"]
    assert not verdicts["layer_gradients"]["passed"]


def test_seed_repeats_the_numbers(judge):
    wrong = "def slope(f, x, h=1e-5):\n    return 1.25\n"
    one, two, other = (judge(wrong, "--seed", seed)[1]["slope"]["message"] for seed in ("5", "5", "6"))
    assert one == two != other


def test_notebook_is_judged_whole(judge, built_small_course):
    path = built_small_course.release / UNIT / f"{UNIT}.ipynb"
    notebook = json.loads(path.read_text())
    fill_in(built_small_course, UNIT, notebook, {"slope": "%matplotlib inline\n" + RIGHT_SLOPE})
    code, verdicts, _ = judge(json.dumps(notebook), name="01_kinds.ipynb")
    assert code == 0
    assert verdicts["slope"]["passed"]
    assert verdicts["train"]["mistake"] == "not-written"
    assert len(verdicts) == 7


def test_verdicts_are_told_in_words_without_json(monkeypatch, capsys, tmp_path):
    monkeypatch.chdir(SMALL)
    path = tmp_path / "answers.py"
    path.write_text(RIGHT_SLOPE)
    assert main(["judge", UNIT, str(path)]) == 0
    out = capsys.readouterr().out
    assert "slope\n  values  right in 3 draws" in out
    assert out.endswith("2 of 2 points for what this file defines.\n")
