"""Servers that do everything wrong: they say bytes when and as a script tells them, to whoever comes."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress

Script = Iterable[bytes | float]
"""Bytes to send, seconds to wait, in turn; a script may be endless. What comes after it: the connection is closed."""
ROBOTS = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


def head(connection: socket.socket) -> bytes:
    """What a client asks; all that it says before its first silence."""
    said = b""
    while b"\r\n\r\n" not in said and (more := connection.recv(4096)):
        said += more
    return said


def answer(connection: socket.socket, script: Script, first: bool, robots: bool, ended: threading.Event) -> None:
    """One connection. first: speak before anything is asked; robots: robots.txt gets the script too."""
    with connection, suppress(OSError):
        asked = b"" if first else head(connection)
        if b" /robots.txt " in asked and not robots:
            connection.sendall(ROBOTS)
            return
        for step in script:
            if ended.is_set():
                return
            if isinstance(step, float):
                ended.wait(step)
            else:
                connection.sendall(step)


@contextmanager
def faulty(script: Script, first: bool = False, robots: bool = False) -> Iterator[tuple[int, list[float]]]:
    """(port, the moments at which somebody connected) of a server of this machine."""
    ended, moments = threading.Event(), []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            with suppress(OSError):  # the server is closed: that is how it ends
                while not ended.is_set():
                    connection, _ = server.accept()
                    moments.append(time.monotonic())
                    told = (connection, script, first, robots, ended)
                    threading.Thread(target=answer, args=told, daemon=True).start()

        threading.Thread(target=serve, daemon=True).start()
        yield server.getsockname()[1], moments
        ended.set()
