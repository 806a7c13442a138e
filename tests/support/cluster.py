"""A standalone Spark cluster: a master and two workers, each at an address of its own, and what tells where they are.

Hosts are addresses of this machine (127.0.0.2 …), or network namespaces (namespaces.py), which share only the disk.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from support.namespaces import Host
from support.repository import SOON_OVER

WAIT = 300
"""Seconds that a machine with much to do may take to start a process of Java."""

HOSTS = tuple(Host(f"127.0.0.{number}", ()) for number in range(2, 6))
"""Of the master, the two workers, and the driver."""
PORT = 17077


@dataclass(frozen=True)
class Cluster:
    """What runs: the master's address, where the driver runs, and the workers with the folders of what they run."""

    master: str
    driver: Host
    workers: tuple[subprocess.Popen[bytes], ...]
    folders: tuple[Path, ...]

    def at_work(self, worker: int) -> bool:
        """Whether a worker has got a part of some work."""
        return any("Running task" in log.read_text("utf-8", "replace")
                   for log in self.folders[worker].glob("app-*/*/stderr"))


def can_be_made() -> bool:
    """Whether this machine answers at addresses such as 127.0.0.2; macOS does not."""
    try:
        for host in HOSTS:
            with socket.create_server((host.address, 0)):
                pass
    except OSError:
        return False
    return True


def until(holds: Callable[[], bool], what: str) -> None:
    """Wait for something, not for ever."""
    end = time.monotonic() + WAIT
    while not holds():
        if time.monotonic() > end:
            raise TimeoutError(what)
        time.sleep(0.05)


@contextmanager
def cluster(spark: Path, work: Path, hosts: Sequence[Host] = HOSTS) -> Iterator[Cluster]:
    """A master and two workers that run until the end; spark: the folder of pyspark. work: an empty folder."""
    java = ["java", *SOON_OVER, "-Xmx256m", "-cp", f"{spark}/jars/*"]
    master, *workers = hosts[:3]
    address = f"spark://{master.address}:{PORT}"
    folders = tuple(work / f"worker{number}" for number, _host in enumerate(workers))
    logs = [work / f"{name}.log" for name in ("master", *(folder.name for folder in folders))]
    commands = [[*master.inside, *java, "org.apache.spark.deploy.master.Master", "--host", master.address,
                 "--port", str(PORT), "--webui-port", "0"]]
    commands += [
        [*host.inside, *java, "org.apache.spark.deploy.worker.Worker", "--host", host.address, "--webui-port", "0",
         "--cores", "1", "--memory", "1g", "--work-dir", str(folder), address]
        for host, folder in zip(workers, folders, strict=True)
    ]
    environment = os.environ | {"SPARK_HOME": str(spark), "SPARK_SCALA_VERSION": "2.13"}
    running = []
    try:
        for command, log in zip(commands, logs, strict=True):
            with log.open("wb") as said:
                running.append(subprocess.Popen(command, stdout=said, stderr=said, start_new_session=True,
                                                env=environment))
            if log == logs[0]:
                until(lambda: "New state: ALIVE" in logs[0].read_text("utf-8"), f"master: {logs[0]}")
        for host, *_words in workers:
            until(lambda host=host: f"Registering worker {host}:" in logs[0].read_text("utf-8"), f"worker {host}")
        yield Cluster(address, hosts[3], tuple(running[1:]), folders)
    finally:
        for process in reversed(running):
            kill(process)


def kill(process: subprocess.Popen[Any]) -> None:
    """End a process and all that it started, at once, as when its machine fails."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
