"""One piece of work in several processes that share what is in memory."""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from functools import partial
from multiprocessing.process import BaseProcess
from typing import Any, TypeVar

from etl.meta.errors import PublishError
from etl.runtime.memory import give_back

T = TypeVar("T")
COPIES = sys.platform == "linux"
"""Whether a process may be copied: macOS can, but its own libraries do not survive it."""
_WORK: list[Callable[[int, int], Any]] = []

Submit = Callable[..., Callable[[], Any]]
"""submit(function, *arguments) -> what waits for the function's value, or raises its error. The function is one of a
module; what it takes and gives can be pickled."""


@contextmanager
def uncollected() -> Iterator[None]:
    """Do not look for objects that refer to each other: where millions of small ones are made that do not, looking
    through all of them again and again takes longer than making them."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


@contextmanager
def last() -> Iterator[None]:
    """The last work of a process: what it leaves in memory is neither looked through nor taken apart object by object,
    which takes seconds where there are millions; the system takes it back when the process ends."""
    with uncollected():
        try:
            yield
        finally:
            gc.freeze()


def processors() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def in_parts(work: Callable[[int, int], T], parts: int) -> list[T]:
    """What work(part, parts) gives for each part, in order of the parts.

    Each part but the first runs in a process of its own that starts as a copy of this one, so `work` may use
    anything, and what it gives back must be small. An error in a part is raised here. One process does it all where
    none may be copied.
    """
    if parts == 1 or not COPIES:
        return [work(0, 1)]
    _WORK.append(work)
    give_back()
    gc.freeze()  # the copies do not touch, and so do not double, what is here already
    try:
        with all_alive(), pool_of(parts - 1) as pool:
            others = [pool.submit(_part, (part, parts)) for part in range(1, parts)]
            return [work(0, parts), *(other.result() for other in others)]
    finally:
        gc.unfreeze()
        _WORK.pop()


def side_by_side(*tasks: Callable[[], T]) -> list[T]:
    """What some tasks give, in their order. Each process, as many as there are processors, takes the next when it is
    free."""
    taken = multiprocessing.Value("i", 0)

    def waiting() -> Iterator[int]:
        while True:
            with taken:
                number, taken.value = taken.value, taken.value + 1
            if number >= len(tasks):
                return
            yield number

    def share(_part: int, _parts: int) -> dict[int, T]:
        made = {}
        for number in waiting():
            made[number] = tasks[number]()
            give_back()
        return made

    found: dict[int, T] = {}
    for done in in_parts(share, min(len(tasks), processors())):
        found |= done
    return [found[number] for number in range(len(tasks))]


@contextmanager
def beside() -> Iterator[Submit]:
    """One more process, for work that can go on while this one does something else.

    It starts, as a copy of this one, with the first work that it gets, and does one after the other. Where there is
    one processor, or none may be copied, work is done here when somebody waits for what it gives.
    """
    if processors() == 1 or not COPIES:
        yield partial
        return
    pool = pool_of(1)
    try:
        with all_alive():
            yield lambda work, *given: pool.submit(work, *given).result
    finally:
        pool.shutdown(cancel_futures=True)


def pool_of(size: int) -> ProcessPoolExecutor:
    """Copies of this process that do work, and end when it does: one that is killed leaves nobody waiting for work."""
    return ProcessPoolExecutor(size, multiprocessing.get_context("fork"), _end_with_parent)


@contextmanager
def all_alive() -> Iterator[None]:
    """Say so when a process that does a part is stopped from outside."""
    try:
        yield
    except BrokenProcessPool as error:
        raise PublishError(
            "A process that did a part of the work was stopped from outside, most often because memory ran out. "
            "Nothing was published. Run it again with more memory or on one processor (`taskset -c 0 abitare …`)."
        ) from error


@contextmanager
def meanwhile(work: Callable[..., object], *given: Any) -> Iterator[None]:
    """Let a copy of this process do work that leaves its result in a cache; at the end it is waited for.

    Nothing is lost where it fails: whoever needs the result finds no cache, does the work again and says what is wrong.
    """
    if processors() == 1 or not COPIES:
        yield
        return
    process = multiprocessing.get_context("fork").Process(target=_quietly, args=(work, *given))
    process.start()
    try:
        yield
    finally:
        process.join()


def _quietly(work: Callable[..., object], *given: Any) -> None:
    with suppress(Exception, KeyboardInterrupt):
        work(*given)


def _end_with_parent() -> None:
    threading.Thread(target=_end_after, args=[multiprocessing.parent_process()], daemon=True).start()


def _end_after(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)


def _part(place: tuple[int, int]) -> Any:
    return _WORK[-1](*place)
