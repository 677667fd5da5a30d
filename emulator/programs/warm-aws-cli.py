"""The AWS CLI, version 1, in a process that has its modules and models loaded already.

    warm-aws-cli.py serve SOCKET            answers calls
    warm-aws-cli.py call SOCKET ARGUMENT... stands in for the program `aws`

Most of the time that the program takes goes by before it does anything. Here each call is a fork
of the server, with the arguments, the environment, the folder and the files of the caller, and runs
what the program runs. Nothing that one call has done is seen by another.
"""

import json
import os
import socket
import sys


def call(path, arguments):
    """Hands a call over, and ends as it ends; when this process is ended, so is the call."""
    server = socket.socket(socket.AF_UNIX)
    server.connect(path)
    wanted = {"arguments": arguments, "environment": dict(os.environ), "folder": os.getcwd()}
    text = json.dumps(wanted).encode()
    socket.send_fds(server, [len(text).to_bytes(4, "big")], [0, 1, 2])
    server.sendall(text)
    status = server.recv(1)
    sys.exit(status[0] if status else 1)


def load():
    """Reads each model once, and makes a call that reaches nobody, for what is loaded late."""
    from functools import cache, partial

    import awscli.clidriver
    import botocore.hooks
    from botocore.loaders import JSONFileLoader, Loader

    for name in ("load_file", "exists"):
        once = cache(partial(getattr(JSONFileLoader, name), JSONFileLoader()))
        setattr(JSONFileLoader, name, lambda loader, path, once=once: once(path))
    # Half of the time of a call: hundreds of folders are listed, and as many functions looked into.
    Loader.list_available_services = listed_once(Loader.list_available_services)
    botocore.hooks.accepts_kwargs = cache(botocore.hooks.accepts_kwargs)
    keys = {"AWS_ACCESS_KEY_ID": "none", "AWS_SECRET_ACCESS_KEY": "none", "AWS_MAX_ATTEMPTS": "1"}
    os.environ.update(keys)
    nowhere = ["--region", "us-east-1", "--endpoint-url", "http://127.0.0.1:1", "--output", "text"]
    for operation in (["ec2", "describe-fast-launch-images"], ["sts", "get-caller-identity"]):
        awscli.clidriver.create_clidriver().main([*nowhere, *operation, "--query", "A[0].[B]"])
    for name in keys:
        del os.environ[name]


def listed_once(list_services):
    found = {}

    def listed(loader, type_name):
        key = (type_name, *loader.search_paths)
        if key not in found:
            found[key] = list_services(loader, type_name)
        return list(found[key])

    return listed


def attend(connection):
    """Runs a call as the program does; the call ends when the caller is gone."""
    import threading
    import traceback

    import awscli.clidriver

    header, files, _, _ = socket.recv_fds(connection, 4, 3)
    text = b""
    while len(text) < int.from_bytes(header, "big"):
        text += connection.recv(65536)
    threading.Thread(target=end_with, args=(connection,), daemon=True).start()
    wanted = json.loads(text)
    for number, file in enumerate(files):
        os.dup2(file, number)
    os.chdir(wanted["folder"])
    # The CLI has set it when it was loaded: where its own models are.
    data_path = os.environ["AWS_DATA_PATH"]
    os.environ.clear()
    os.environ.update(wanted["environment"], AWS_DATA_PATH=data_path)
    sys.argv = ["aws", *wanted["arguments"]]
    try:
        status = awscli.clidriver.main()
    except SystemExit as end:
        status = end.code
    except BaseException:
        traceback.print_exc()
        status = 255
    sys.stdout.flush()
    sys.stderr.flush()
    connection.send(bytes([status or 0]))
    os._exit(0)


def end_with(connection):
    import signal

    # The caller sends nothing more.
    if connection.recv(1) == b"":
        os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    if sys.argv[1] == "call":
        call(sys.argv[2], sys.argv[3:])
    from warm_server import serve

    serve(sys.argv[2], load, attend)
