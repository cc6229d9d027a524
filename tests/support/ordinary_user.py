"""Running something with the rights of an ordinary user, also where the tests run as root."""

import os
import pickle
import traceback
from collections.abc import Callable
from multiprocessing import forkserver
from typing import Any

from autograder.sandbox.confined.kernel.capabilities import drop_capabilities


def as_ordinary_user(function: Callable[[], Any]) -> Any:
    """What a function returns in a process of its own for which the permissions of files count.

    Root keeps its number there, for its files are its own, and loses the rights by which it passes permissions over.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            drop_capabilities(None)
            forkserver._forkserver.__init__()  # else a server that was started before would be used, with its rights
            outcome = True, function()
        except BaseException:
            outcome = False, traceback.format_exc()
        with open(writing, "wb") as pipe:
            pickle.dump(outcome, pipe)
        os._exit(0)
    os.close(writing)
    with open(reading, "rb") as pipe:
        done, value = pickle.load(pipe)
    os.waitpid(child, 0)
    assert done, value
    return value
