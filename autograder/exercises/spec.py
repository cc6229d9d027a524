"""What an author writes about an exercise, beside its right answer in the notebook.

Each file of a unit's folder ``exercises`` makes one :class:`Exercise` and says how inputs are drawn, what is
differentiated, what people write instead, and which odd answers are right. All else is derived from it.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from autograder.exercises.corners.plan import CornerPlan
from autograder.exercises.declarations import Answer, Draw, Forward, Probing, Wrong, clean
from course.answers.key import Step


class Exercise:
    """One exercise of a unit.

    Parameters
    ----------
    name : str
        The function or class that the student writes, or the scenario's name; unique in the course.
    outputs : sequence of str
        The names of the results, in order, where there are several.
    form : str
        ``one``, ``several``, ``dict`` or ``yields``; found from ``outputs`` unless given.
    care : sequence of str
        Aspects of care: ``unchanged``, ``one row``, ``float32``, ``views``, ``lists``, ``no warnings``,
        or a name of your own with draws of its own (``@exercise.draw(care="large inputs")``).
    rows : sequence of str
        The inputs whose first axis is the batch.
    sizes : dict
        Letters for sizes, such as ``{"N": ("x", 0)}``; a factor N or 1/N is then recognised.
    subject : str
        What the student defines, where it is not called like the exercise (several scenarios of one class).
    practice : bool
        Checked, but without points.
    withheld : sequence of str
        Exercises of the unit whose right answers are not lent while this one is judged, since with other arguments
        they give it or a part of it. ``verify`` tries, and says which.
    in_order : bool
        The result is computed entry by entry (a chain, a curve): a message shows the first wrong entry, not the worst.
    steps : sequence of Step
        The intermediates of a composite result in the order of computation, those hidden inside the answer too:
        a message then names the first that is wrong. See :meth:`probe`.
    corners : CornerPlan
        ``exercise.corners(x=Numbers("ND"), …)`` says of which kind each input is; the corners at which answers are
        tried follow. ``@exercise.corners.at("functions")`` draws at one that can't be derived.
    tolerance, absolute, unchanged_within, bias_outputs, properties, stages, most_items
        As in :class:`course.answers.key.Key`.
    """

    def __init__(
        self,
        name: str,
        *,
        outputs: Sequence[str] = (),
        form: str | None = None,
        care: Sequence[str] = (),
        rows: Sequence[str] = (),
        sizes: dict[str, tuple[str, int]] | None = None,
        subject: str | None = None,
        practice: bool = False,
        withheld: Sequence[str] = (),
        bias_outputs: Sequence[str] = (),
        properties: Sequence[str] = (),
        stages: Sequence[tuple[Sequence[str], str]] = (),
        steps: Sequence[Step] = (),
        tolerance: float = 1e-6,
        absolute: float = 1e-12,
        unchanged_within: float = 0.0,
        most_items: int = 1000,
        in_order: bool = False,
    ) -> None:
        self.name = name
        self.outputs = tuple(outputs) or (name,)
        self.form = form or ("several" if len(outputs) > 1 else "one")
        self.care = tuple(care)
        self.rows = tuple(rows)
        self.sizes = sizes or {}
        self.subject = subject or name
        self.practice = practice
        self.withheld = tuple(withheld)
        self.bias_outputs = tuple(bias_outputs)
        self.properties = tuple(properties)
        self.stages = tuple((tuple(names), clean(text)) for names, text in stages)
        self.steps = tuple(replace(step, advice=clean(step.advice)) for step in steps)
        self.tolerance = tolerance
        self.absolute = absolute
        self.unchanged_within = unchanged_within
        self.most_items = most_items
        self.in_order = in_order
        self.draws: list[Draw] = []
        self.corners = CornerPlan()
        self.squares: list[Draw] = []
        self.probes: list[Probing] = []
        self.forward: Forward | None = None
        self.wrongs: list[Wrong] = []
        self.unusuals: list[Answer] = []
        self.scenario_function: Answer | None = None
        self.shown: dict[str, Any] | None = None
        self.handed: tuple[str, ...] = ()
        self.accepted_mutants: dict[str, str] = {}

    @property
    def gradient(self) -> bool:
        """Whether the exercise asks for a gradient."""
        return self.forward is not None

    def draw(
        self, function: Callable[..., dict[str, Any]] | None = None, *, times: int = 3, care: str | None = None
    ) -> Any:
        """Enter a function of a numpy Generator that returns the inputs as a dict in the signature's order."""

        def enter(inputs: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
            self.draws.append(Draw(inputs, times, care))
            if care and care not in self.care:
                self.care = (*self.care, care)
            return inputs

        return enter(function) if function else enter

    def differentiates(
        self, *, upstream: str | None = None, wrt: str | dict[str, str] | None = None, at: Answer | None = None
    ) -> Any:
        """Enter the forward function that the gradient belongs to; its arguments are inputs of the same names.

        ``upstream`` names the input that arrives from above; without one, forward returns a single number.
        ``wrt`` names the forward argument of each output; by default ``dW`` belongs to ``W``. Where the inputs are
        not forward's own arguments (a backward pass is given ``a``, forward takes ``z``), ``at`` computes those:
        ``at=lambda a: dict(z=np.arctanh(a))``.
        """

        def enter(function: Answer) -> Answer:
            if isinstance(wrt, str):
                pairs = {self.outputs[0]: wrt}
            else:
                pairs = wrt or {output: output.removeprefix("d") for output in self.outputs}
            self.forward = Forward(function, upstream, pairs, at)
            return function

        return enter

    def square(self, inputs: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
        """Enter a draw whose sizes are all equal: a product without its transpose runs there, and stops elsewhere."""
        self.squares.append(Draw(inputs, 2, None))
        return inputs

    def probe(self, step: str, message: str = "", *, outputs: Sequence[str] = (), **more: Any) -> Any:
        """Enter draws that show whether a hidden step is right, whatever comes after it.

        The function takes a Generator and the inputs of a draw by name, and returns a list of inputs. Of one, the
        outputs must be right there: a step that is neutralised, so that nothing after it can be wrong. Of several,
        they must be the same in all. One output that is so is enough. The step is right if a probe with one draw
        holds, or all with several do; else it is wrong, and ``message`` says what was seen.

        Parameters
        ----------
        step : str
            The name of one of ``steps``.
        message : str
            Read by the student where the probe fails.
        outputs : sequence of str
            The outputs to look at; by default all those of later steps.
        leave_out : int
            So many first entries of the last axis (units, say) may differ.
        factors : bool
            Other draws of what this step adds to the one before, all else alike. Where each entry is wrong by the
            same factor in all of them, the step before may be the wrong one as well: both are named.
        up_to : str
            The last step in which what the probe shows may arise as well: all are named.
        """

        def enter(draws: Callable[..., list[dict[str, Any]]]) -> Callable[..., list[dict[str, Any]]]:
            self.probes.append(Probing(step, clean(message), tuple(outputs), draws, **more))
            return draws

        return enter

    def wrong(
        self,
        mistake: str,
        message: str,
        answer: Answer | None = None,
        *,
        spoils: Sequence[str] = (),
        fails: str | Sequence[str] = (),
        first: str = "",
        free_number: bool = False,
    ) -> Any:
        """Enter a known wrong answer: its id, what the student is told about it, and the first step it gets wrong.

        ``free_number`` says that its numbers depend on one that is the student's choice, such as a small number that is
        added or a bound for clipping: others than the one written here are recognised by the draws in which they show.

        A single expression is given as a lambda, anything longer by decorating a function or a class::

            mse.wrong("root", "This is the root.", lambda y_hat, y: np.sqrt(np.mean((y_hat - y) ** 2)))
        """

        def enter(answer: Answer) -> Answer:
            failed = (fails,) if isinstance(fails, str) else tuple(fails)
            self.wrongs.append(Wrong(mistake, clean(message), answer, tuple(spoils), failed, first, free_number))
            return answer

        return enter(answer) if answer else enter

    def unusual(self, answer: Answer) -> Answer:
        """Enter an answer that looks odd and is right."""
        self.unusuals.append(answer)
        return answer

    def accepted_mutant(self, name: str, reason: str) -> None:
        """Accept a mutant of a right answer as equal to it, and say why; ``*`` in its name stands for anything."""
        self.accepted_mutants[name] = clean(reason)

    def scenario(self, *, hands: Sequence[str] = (), **shown: Any) -> Any:
        """Enter a function of the subject and the inputs that returns named results.

        The keywords are the inputs that the notebook's check cell uses in the open. ``hands`` names those that its
        function takes as arguments, in order: ``check`` then hands them over, so it sees which of them are changed,
        and can try other numbers to find the first wrong step. Without it the function takes none.
        """

        def enter(function: Answer) -> Answer:
            self.scenario_function = function
            self.handed = tuple(hands)
            self.shown = shown
            return function

        return enter

    def answer(self, subject: Any) -> Answer:
        """What is called with the inputs: the subject itself, or the scenario around it."""
        return Scenario(self.scenario_function, subject) if self.scenario_function else subject


class Scenario:
    """A scenario bound to its subject."""

    def __init__(self, function: Answer, subject: Any) -> None:
        self.function = function
        self.subject = subject

    def __call__(self, *inputs: Any) -> Any:
        return self.function(self.subject, *inputs)
