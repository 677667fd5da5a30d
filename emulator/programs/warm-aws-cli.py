"""The AWS CLI, version 1, in a process that has its modules and models loaded already.

    warm-aws-cli.py SOCKET

Most of the time that the program takes goes by before it does anything. Here a call is made in a fork
of the server, which makes one call after the other, each with the arguments, the environment, the
folder and the files of its caller, and runs what the program runs. The CLI keeps what it knows of a call
in a session, which every call has for itself.
"""

import os
import socket
import sys
import threading

from warm_server import serve_by_workers


def load():
    """Reads each model once, and makes a call that reaches nobody, for what is loaded late."""
    from functools import cache

    import awscli.clidriver
    import botocore.hooks
    from botocore.hooks import EventAliaser
    from botocore.loaders import JSONFileLoader, Loader

    for name in ("load_file", "exists"):
        setattr(JSONFileLoader, name, once(getattr(JSONFileLoader, name), lambda loader, file_path: file_path))
    # Most of the time of a call: folders are listed, events renamed, and functions looked into.
    Loader.list_available_services = once(
        Loader.list_available_services, lambda loader, type_name: (type_name, *loader.search_paths)
    )
    EventAliaser._alias_event_name = once(
        EventAliaser._alias_event_name, lambda aliaser, event_name: event_name
    )
    botocore.hooks.accepts_kwargs = cache(botocore.hooks.accepts_kwargs)
    keys = {"AWS_ACCESS_KEY_ID": "none", "AWS_SECRET_ACCESS_KEY": "none", "AWS_MAX_ATTEMPTS": "1"}
    os.environ.update(keys)
    nowhere = ["--region", "us-east-1", "--endpoint-url", "http://127.0.0.1:1", "--output", "text"]
    for operation in (["ec2", "describe-fast-launch-images"], ["sts", "get-caller-identity"]):
        awscli.clidriver.create_clidriver().main([*nowhere, *operation, "--query", "A[0].[B]"])
    for name in keys:
        del os.environ[name]


def once(method, key):
    """The method, which does its work once for each key."""
    found = {}

    def kept(*arguments, **named):
        known = key(*arguments, **named)
        if known not in found:
            found[known] = method(*arguments, **named)
        return found[known]

    return kept


def attend(connection):
    """Runs a call as the program does; this process ends when the caller is gone."""
    import gc
    import traceback

    import awscli.clidriver

    # A worker is over before there is much to tidy.
    gc.disable()
    header, files, _, _ = socket.recv_fds(connection, 4, 3)
    text = b""
    while len(text) < int.from_bytes(header, "big"):
        text += connection.recv(65536)
    over = threading.Event()
    lock = threading.Lock()
    threading.Thread(target=end_with, args=(connection.dup(), over, lock), daemon=True).start()
    folder, count, *words = os.fsdecode(text).split("\0")
    arguments, environment = words[: int(count)], words[int(count) :]
    use(files)
    os.chdir(folder)
    # The CLI has set it when it was loaded: where its own models are.
    data_path = os.environ["AWS_DATA_PATH"]
    os.environ.clear()
    os.environ.update(pair.split("=", 1) for pair in environment)
    os.environ["AWS_DATA_PATH"] = data_path
    sys.argv = ["aws", *arguments]
    try:
        status = awscli.clidriver.main()
    except SystemExit as end:
        status = end.code
    except BaseException:
        traceback.print_exc()
        status = 255
    sys.stdout.flush()
    sys.stderr.flush()
    # Whoever reads what the call has printed sees its end.
    use([os.open(os.devnull, os.O_RDWR)] * 3)
    with lock:
        over.set()
    connection.send(bytes([status or 0]))
    # It sets up logging for the whole process.
    if "--debug" in arguments:
        os._exit(0)


def use(files):
    """Makes these standard input, output and error."""
    for number, file in enumerate(files):
        os.dup2(file, number)
    for file in set(files):
        os.close(file)


def end_with(connection, over, lock):
    """Ends this process with the caller, unless its call is over."""
    import signal

    # The caller sends nothing more.
    gone = connection.recv(1) == b""
    connection.close()
    with lock:
        if gone and not over.is_set():
            os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    serve_by_workers(sys.argv[1], load, attend)
