"""Calling an answer that runs in the student's process, and judging it by what that replies.

The student's process is not trusted: a reply is plain data, which is looked at and cut to a length here. Whatever it
says of a failure becomes text of a message and no more.
"""

from collections.abc import Iterator, Sequence

from course.answers.call import Caller
from course.answers.key import Case, Key
from course.answers.result import Answered

from . import codec
from .proxy import Remote, identity_of
from .replies import answered_from, refused

MAX_TOGETHER = 4_000_000
"""Bytes of inputs in one question."""


class RemoteCaller(Caller):
    """Calls an answer of the student's process, with many draws in one question.

    Parameters
    ----------
    answer : Remote
    """

    def __init__(self, answer: Remote) -> None:
        self.subject = answer

    @property
    def name(self) -> str | None:
        return object.__getattribute__(self.subject, "_says")

    def answers(self, key: Key, cases: Sequence[Case]) -> Iterator[Answered | None]:
        """What the other side says of each draw; None where the answer is the untouched stub.

        Raises
        ------
        BadMessage
            If what came is nothing that was agreed on.
        """
        peer, _ = identity_of(self.subject)
        asked = [list(key.outputs), key.most_items]
        todo = list(cases)
        while todo:
            together, data = self._portion(todo)
            todo = todo[len(together) :]
            replies = peer.request("answered", self.subject, key.form, asked, data)
            if type(replies) is not list or len(replies) != len(together):
                raise codec.BadMessage("an answer of another form")
            for reply, case, sent in zip(replies, together, data, strict=True):
                answered = answered_from(reply, key, case, sent)
                peer.stopped |= bool(answered and answered.failure and answered.failure.error)
                yield answered

    @staticmethod
    def _portion(todo: Sequence[Case]) -> tuple[list[Case], list[bytes]]:
        """The first draws, as many as go together in one question, and their inputs as bytes."""
        together: list[Case] = []
        data: list[bytes] = []
        for case in todo:
            if together and sum(map(len, data)) >= MAX_TOGETHER:
                break
            together.append(case)
            data.append(codec.packed(case.inputs, refused, lambda array: []))
        return together, data
