"""Ending processes in time: at a signal, whatever their threads are still about, and when their parent is gone."""

from __future__ import annotations

import multiprocessing
import os
import threading

PARENT_CHECK_SECONDS = 1.0


def exit_after(seconds: float) -> None:
    """End the process with status 0 after some seconds, should it not have ended by itself.

    Threads that wait for LINE cannot be interrupted, and Python waits for them. Leaving them is a crash like any
    other, which rows and leases are made for; a process that outstays its SIGTERM is killed in the midst of a write.
    """
    last = threading.Timer(seconds, os._exit, (0,))
    last.daemon = True
    last.start()


def exit_with_parent() -> None:
    """End this process soon after the one that started it is gone, however that ended.

    Whoever kills the web server's first process and starts it anew would otherwise leave its children behind, which
    keep the port and go on serving what may be an old release. The parent's number is the one it wrote down itself:
    a parent that died while this process was starting has already been replaced in ``os.getppid()``.
    """
    recorded = multiprocessing.parent_process()
    parent = recorded.pid if recorded else os.getppid()
    threading.Thread(target=_exit_after_parent, args=(parent,), name="parent-watch", daemon=True).start()


def _exit_after_parent(parent: int) -> None:
    never = threading.Event()
    while os.getppid() == parent:
        never.wait(PARENT_CHECK_SECONDS)
    os._exit(1)
