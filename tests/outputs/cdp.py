"""A small client of the Chrome DevTools Protocol over a WebSocket (RFC 6455), enough to drive a page in tests."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import shutil
import socket
import struct
import subprocess
import time
import urllib.request
from pathlib import Path

FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --hide-scrollbars --disable-dev-shm-usage --remote-debugging-port=0"
).split()


def find_browser() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


class Browser:
    """A headless browser with one page; `errors` collects what the console and the page complain of."""

    def __init__(self, folder: Path, width: int = 1280, height: int = 900) -> None:
        binary = find_browser()
        assert binary is not None
        self.process = subprocess.Popen(
            [binary, *FLAGS, f"--user-data-dir={folder}", f"--window-size={width},{height}", "about:blank"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        port_file = folder / "DevToolsActivePort"
        for _ in range(300):
            if port_file.is_file() and port_file.read_text().count("\n") >= 1:
                break
            time.sleep(0.1)
        port = int(port_file.read_text().splitlines()[0])
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/json") as answer:
            pages = [t for t in json.load(answer) if t["type"] == "page"]
        self.socket = _connect(port, pages[0]["webSocketDebuggerUrl"].split(str(port), 1)[1])
        self.n = 0
        self.errors: list[str] = []
        self.loaded = False
        for domain in ("Page", "Runtime", "Log"):
            self.call(f"{domain}.enable")

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self.socket.close()
        self.process.kill()
        self.process.wait()

    def call(self, method: str, **params: object) -> dict:
        self.n += 1
        _send(self.socket, json.dumps({"id": self.n, "method": method, "params": params}))
        while True:
            message = json.loads(_receive(self.socket))
            self._note(message)
            if message.get("id") == self.n:
                assert "error" not in message, message
                return message["result"]

    def open(self, path: Path) -> None:
        self.loaded = False
        self.call("Page.navigate", url=path.as_uri())
        while not self.loaded:
            self._note(json.loads(_receive(self.socket)))

    def run(self, script: str) -> object:
        made = self.call("Runtime.evaluate", expression=script, returnByValue=True)
        assert "exceptionDetails" not in made, made
        return made["result"].get("value")

    def _note(self, message: dict) -> None:
        method, params = message.get("method"), message.get("params", {})
        if method == "Page.loadEventFired":
            self.loaded = True
        elif method == "Runtime.exceptionThrown":
            self.errors.append(str(params["exceptionDetails"].get("text")))
        elif method == "Runtime.consoleAPICalled" and params.get("type") == "error":
            self.errors.append(str(params.get("args")))
        elif method == "Log.entryAdded" and params["entry"]["level"] == "error":
            self.errors.append(params["entry"]["text"])


def _connect(port: int, path: str) -> socket.socket:
    made = socket.create_connection(("127.0.0.1", port), timeout=60)
    key = base64.b64encode(os.urandom(16)).decode()
    made.sendall(
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
    )
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        head += made.recv(1)
    assert b" 101 " in head.split(b"\r\n")[0]
    return made


def _send(to: socket.socket, text: str) -> None:
    data = text.encode()
    mask = os.urandom(4)
    n = len(data)
    size = (
        struct.pack("!B", 0x80 | n)
        if n < 126
        else struct.pack("!BH", 0xFE, n)
        if n < 65536
        else struct.pack("!BQ", 0xFF, n)
    )
    to.sendall(b"\x81" + size + mask + bytes(b ^ mask[k % 4] for k, b in enumerate(data)))


def _receive(of: socket.socket) -> str:
    data = b""
    while True:
        first, second = _exactly(of, 2)
        n = second & 0x7F
        if n == 126:
            n = struct.unpack("!H", _exactly(of, 2))[0]
        elif n == 127:
            n = struct.unpack("!Q", _exactly(of, 8))[0]
        data += _exactly(of, n)
        if first & 0x80:
            return data.decode()


def _exactly(of: socket.socket, n: int) -> bytes:
    data = b""
    while len(data) < n:
        data += of.recv(n - len(data))
    return data
