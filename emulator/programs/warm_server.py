"""Answers connections in forks of a process that has its modules loaded already."""

import gc
import os
import selectors
import signal
import socket

# What a worker does is never freed, so that it is used for so many connections only.
CONNECTIONS_PER_WORKER = 30


def serve(path, load, attend):
    """Loads, and goes on for ever; `attend` gets each connection in a process of its own."""
    listener = listen(path, load)
    while True:
        connection = listener.accept()[0]
        if os.fork() == 0:
            listener.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            attend(connection)
        connection.close()


def serve_by_workers(path, load, attend):
    """The same, but a process gets one connection after the other: to fork takes longer than a short
    call. There are as many as there are connections at once. A worker may end while it attends."""
    listener = listen(path, load)
    selector = selectors.DefaultSelector()
    selector.register(listener, selectors.EVENT_READ)
    idle = []
    while True:
        for key, _ in selector.select():
            if key.fileobj is not listener:
                worker = key.fileobj
                if worker.recv(1) == b"":
                    selector.unregister(worker)
                    worker.close()
                else:
                    idle.append(worker)
                continue
            connection = listener.accept()[0]
            if not idle:
                worker = start_worker(selector, attend)
                selector.register(worker, selectors.EVENT_READ)
                idle.append(worker)
            socket.send_fds(idle.pop(), [b"."], [connection.fileno()])
            connection.close()


def listen(path, load):
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(path)
    listener.listen(64)
    print(f"listening on {path}", flush=True)
    load()
    gc.freeze()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    return listener


def start_worker(selector, attend):
    """The end of the server's that hands connections to a new process."""
    ours, its = socket.socketpair()
    if os.fork() > 0:
        its.close()
        return ours
    ours.close()
    # With the others' ends it would keep those alive when the server is gone.
    for key in list(selector.get_map().values()):
        key.fileobj.close()
    selector.close()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    for left in reversed(range(CONNECTIONS_PER_WORKER)):
        handed, files, _, _ = socket.recv_fds(its, 1, 1)
        if handed == b"":
            break
        with socket.socket(fileno=files[0]) as connection:
            attend(connection)
        # After the last one it must not be taken for idle.
        if left > 0:
            its.send(b".")
    os._exit(0)
