"""Answers each connection in a fork of a process that has its modules loaded already."""

import gc
import os
import signal
import socket


def serve(path, load, attend):
    """Loads, and goes on for ever; `attend` gets a connection in a process of its own."""
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(path)
    listener.listen(64)
    print(f"listening on {path}", flush=True)
    load()
    gc.freeze()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        connection = listener.accept()[0]
        if os.fork() == 0:
            listener.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            attend(connection)
        connection.close()
