"""Code many documents: in this process, or in several on this machine.

One `Executor` protocol; results come in the order of the documents. A worker loads its own tools, once.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing import get_context
from typing import Protocol

import msgspec

from vedette.config import Settings
from vedette.pipeline import Tools, code_documents, uncoded
from vedette.records import Coded, Document, Skipped
from vedette.toolbox import load_tools

__all__ = ["Executor", "Pool", "Serial", "executor_for"]

# Documents a task: enough to fill the parser's batches, few enough that two processes finish together.
CHUNK = 16


class Executor(Protocol):
    """Something that codes documents, in order."""

    def code(self, documents: Iterable[Document]) -> Iterator[Coded]:
        """Yield a coded document for every document, in order."""
        ...


class Serial:
    """Code in this process."""

    def __init__(self, tools: Tools) -> None:
        self.tools = tools

    def code(self, documents: Iterable[Document]) -> Iterator[Coded]:
        """Yield a coded document for every document, in order."""
        return code_documents(documents, self.tools)


class Pool:
    """Code in several processes of this machine; documents and results travel as MessagePack.

    A worker that is killed (out of memory, say) takes its chunk along: those documents come back skipped
    ("failed") and the rest goes on with new workers.
    """

    def __init__(self, settings: Settings, processes: int) -> None:
        self.settings = settings
        self.processes = processes

    def code(self, documents: Iterable[Document]) -> Iterator[Coded]:
        """Yield a coded document for every document, in order; at most four chunks a process are under way."""
        chunks = _chunks(documents, CHUNK)
        waiting: deque[tuple[list[Document], Future[bytes]]] = deque()
        pool = self._start()
        try:
            while True:
                while len(waiting) < 4 * self.processes and (chunk := next(chunks, None)):
                    waiting.append((chunk, pool.submit(_code_chunk, msgspec.msgpack.encode(chunk))))
                if not waiting:
                    return
                chunk, future = waiting.popleft()
                try:
                    yield from msgspec.msgpack.decode(future.result(), type=list[Coded])
                except BrokenProcessPool:
                    pool.shutdown(wait=False, cancel_futures=True)
                    pool = self._start()
                    yield from (_lost(document) for document in chunk)
                    again = [left for left, _ in waiting]
                    waiting = deque((left, pool.submit(_code_chunk, msgspec.msgpack.encode(left))) for left in again)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)

    def _start(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            self.processes, mp_context=get_context("spawn"), initializer=_start_worker, initargs=(self.settings,)
        )


def executor_for(settings: Settings, tools: Tools | None = None) -> Executor:
    """Return a `Serial` or a `Pool`, as `settings.processes` asks; 0 means one process a core."""
    processes = settings.processes or os.cpu_count() or 1
    if processes == 1:
        return Serial(tools or load_tools(settings))
    return Pool(settings, processes)


_TOOLS: list[Tools] = []  # a worker's own; filled once when it starts


def _start_worker(settings: Settings) -> None:
    _TOOLS.append(load_tools(settings))


def _code_chunk(chunk: bytes) -> bytes:
    documents = msgspec.msgpack.decode(chunk, type=list[Document])
    return msgspec.msgpack.encode(list(code_documents(documents, _TOOLS[0])))


def _chunks(documents: Iterable[Document], size: int) -> Iterator[list[Document]]:
    pending = iter(documents)
    while chunk := list(islice(pending, size)):
        yield chunk


def _lost(document: Document) -> Coded:
    return uncoded(document, Skipped("failed", "the process that coded it was killed"))
