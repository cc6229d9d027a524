"""The table of a demonstration is legible at any width of a terminal."""

import io
import re

import pytest
from rich.console import Console

from autograder.commands.class_table import class_tables
from autograder.grading.results import Result
from autograder.verify.simulated_class import Student, Written


def simulated(students, units, graded=lambda student, unit, points: points):
    """A class with two decimals in most points, and its results."""
    people, results = [], []
    for number in range(1, students + 1):
        name, written = f"student{number:03d}", {}
        for unit in units:
            points = 18.0 if number == 1 else round(number * (units.index(unit) + 1) * 0.37 % 18, 2)
            written[unit] = [Written("f", "right", "", {"f": points})]
            got = graded(name, unit, points)
            results.append(Result(name, unit, got, 18.0, reason="" if got is not None else "it is empty"))
        people.append(Student(name, written))
    return people, results


def printed(people, results, width):
    """The lines of the tables in a terminal of a width that colours nothing."""
    console = Console(width=width, file=io.StringIO())
    for table in class_tables(people, results, width):
        console.print(table)
    return console.file.getvalue().splitlines()


def units(count):
    return [f"{number:02d}_the_name_of_a_unit" for number in range(1, count + 1)]


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("count", [10, 16])
def test_names_numbers_and_totals_are_whole_at_every_width(width, count):
    people, results = simulated(24, units(count))
    lines = printed(people, results, width)
    text = "\n".join(lines)
    assert max(map(len, lines)) <= width
    assert "…" not in text
    headings = [word for line in lines if line.startswith("student ") for word in line.split()]
    assert [word for word in headings if word != "student"] == [*(u[:2] for u in units(count)), "graded", "expected"]
    for student in people:
        rows = [line.split()[1:] for line in lines if line.startswith(f"{student.name} ")]
        expected = [student.expected(unit) for unit in units(count)]
        shown = [float(word) for row in rows for word in row]
        assert shown[:-2] == [round(points, 1) for points in expected]
        assert shown[-2:] == pytest.approx([sum(expected)] * 2)
        assert len(rows) == sum(line.startswith("student ") for line in lines)


def test_ten_units_are_one_table_at_80_columns_and_sixteen_two():
    assert len(class_tables(*simulated(24, units(10)), 80)) == 1
    assert len(class_tables(*simulated(24, units(16)), 80)) == 2


@pytest.mark.parametrize("width", [60, 80, 120])
def test_graded_and_expected_stand_side_by_side_where_they_differ(width):
    def graded(student, unit, points):
        if unit[:2] != "03":
            return points
        return {"student001": 17.25, "student002": None}.get(student, points)

    lines = printed(*simulated(3, units(10), graded), width)
    assert any(re.search(r"^student001 .* 17.25, not 18 ", line) for line in lines)
    assert any(re.search(r"^student002 .* none, not 2.22 ", line) for line in lines)
    assert sum("not" in line for line in lines) == 2
    (total,) = [line for line in lines if line.startswith("student001") and line.endswith(" 179.25      180")]
    assert max(map(len, lines)) <= width and total


def test_what_a_unit_is_worth_stands_below_it():
    assert printed(*simulated(2, units(2)), 80)[-1].split() == ["possible", "18", "18", "36"]
