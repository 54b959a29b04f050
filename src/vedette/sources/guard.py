"""Read a file by a library in a process of its own, with a limit on memory and time.

A page, a Word file, a PDF or a feed may unpack to gigabytes, take hours, or crash the C code that parses it: then this
process ends, the file is skipped with the reason, and the run goes on with a new one. `python -m` starts it, so that
the user's own script is not run a second time.
"""

from __future__ import annotations

import atexit
import os
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from threading import Timer
from typing import IO, Any

import msgspec

from vedette.records import Skipped
from vedette.sources.parts import Part, SkippedPart

__all__ = ["HEAVY", "guarded"]

# Readers whose libraries are heavy, and are given what strangers made.
HEAVY = {
    "html": ("vedette.sources.html", "read_html"),
    "pdf": ("vedette.sources.pdf", "read_pdf"),
    "docx": ("vedette.sources.docx", "read_docx"),
    "feed": ("vedette.sources.feeds", "read_feed"),
}
# A 500-page PDF takes ten seconds and 200 MB.
MAX_SECONDS = 60.0
MAX_MEMORY = 700_000_000
HEAD = struct.Struct(">I")


class _Answer(msgspec.Struct):
    """The parts of a file in order; exactly one of the three is set in each row."""

    rows: list[tuple[Part | None, SkippedPart | None, Skipped | None]]


class _Reader:
    """The other process."""

    def __init__(self, max_seconds: float, max_memory: int) -> None:
        self.limits = (max_seconds, max_memory)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "vedette.sources.guard", str(max_memory)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # an interrupt at the keyboard is the parent's alone
        )

    def ask(self, kind: str, data: bytes) -> bytes | None:
        """The answer, or None where the process died over it."""
        question, answer = self.process.stdin, self.process.stdout
        assert question is not None and answer is not None
        try:
            _send(question, kind.encode())
            _send(question, data)
            return _receive(answer)
        except OSError:
            return None

    def stop(self) -> None:
        self.process.kill()
        for pipe in (self.process.stdin, self.process.stdout):
            assert pipe is not None
            with suppress(OSError):  # what was not yet sent
                pipe.close()
        self.process.wait()


_READERS: list[_Reader] = []  # at most one: the one that runs


def guarded(
    kind: str, data: bytes, *, max_seconds: float = MAX_SECONDS, max_memory: int = MAX_MEMORY
) -> Iterator[Part | SkippedPart | Skipped]:
    """Yield what the reader of `kind` finds in `data`; one `Skipped` where it needs too much or breaks."""
    reader = _running((max_seconds, max_memory))
    late: list[bool] = []

    def stop() -> None:
        late.append(True)
        reader.process.kill()

    timer = Timer(max_seconds, stop)
    timer.daemon = True
    timer.start()
    whole = None
    try:
        whole = reader.ask(kind, data)
    finally:
        timer.cancel()
        if whole is None:
            _stop()
    if whole is None:
        why = (
            f"took more than {max_seconds:g} seconds"
            if late
            else f"breaks its library or needs more than {max_memory // 1_000_000} MB"
        )
        yield Skipped("failed", f"reading it {why}")
        return
    for row in msgspec.msgpack.decode(whole, type=_Answer).rows:
        yield next(part for part in row if part is not None)


def _running(limits: tuple[float, int]) -> _Reader:
    if _READERS and (_READERS[0].process.poll() is not None or _READERS[0].limits != limits):
        _stop()
    if not _READERS:
        _READERS.append(_Reader(*limits))
    return _READERS[0]


@atexit.register
def _stop() -> None:
    while _READERS:
        _READERS.pop().stop()


def _send(pipe: IO[bytes], data: bytes) -> None:
    pipe.write(HEAD.pack(len(data)))
    pipe.write(data)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> bytes | None:
    head = pipe.read(HEAD.size)
    if len(head) < HEAD.size:
        return None
    size = HEAD.unpack(head)[0]
    data = pipe.read(size)
    return data if len(data) == size else None


def _answer(kind: str, data: bytes) -> _Answer:
    module, name = HEAVY[kind]
    made = _Answer([])
    try:
        for part in getattr(import_module(module), name)(data):
            is_part, is_row = isinstance(part, Part), isinstance(part, SkippedPart)
            made.rows.append((part if is_part else None, part if is_row else None, None if is_part or is_row else part))
    except MemoryError:
        return _Answer([(None, None, Skipped("too long", "reading it takes too much memory"))])
    except Exception as error:  # noqa: BLE001  # a library's own: no list of them is complete, and the file is the cause
        first = " ".join(str(error).split())[:120]
        made.rows.append((None, None, Skipped("damaged", f"no readable {kind} ({type(error).__name__}: {first})")))
    return made


def _serve(max_memory: int) -> None:
    """Answer until the parent closes the pipe."""
    _limit(max_memory)
    answers: Any = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    questions = sys.stdin.buffer
    while (kind := _receive(questions)) is not None and (data := _receive(questions)) is not None:
        try:
            answer = msgspec.msgpack.encode(_answer(kind.decode(), data))
        except (MemoryError, UnicodeEncodeError) as error:
            reason = Skipped("damaged", f"its text cannot be kept ({type(error).__name__})")
            answer = msgspec.msgpack.encode(_Answer([(None, None, reason)]))
        _send(answers, answer)


def _limit(max_memory: int) -> None:
    try:
        import resource  # noqa: PLC0415  # not on every system
    except ImportError:  # Windows: the limit on time remains
        return
    hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
    if hard == resource.RLIM_INFINITY or hard > max_memory:
        resource.setrlimit(resource.RLIMIT_DATA, (max_memory, hard))


if __name__ == "__main__":
    _serve(int(sys.argv[1]))
