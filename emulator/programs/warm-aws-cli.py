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


def serve(path):
    import signal

    listener = socket.socket(socket.AF_UNIX)
    listener.bind(path)
    listener.listen(64)
    print(f"listening on {path}", flush=True)
    load()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        connection = listener.accept()[0]
        if os.fork() == 0:
            listener.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            attend(connection)
        connection.close()


def load():
    """Reads each model once, and makes a call that reaches nobody, for what is loaded late."""
    import functools
    import gc

    import awscli.clidriver
    from botocore.loaders import JSONFileLoader

    for name in ("load_file", "exists"):
        once = functools.cache(functools.partial(getattr(JSONFileLoader, name), JSONFileLoader()))
        setattr(JSONFileLoader, name, lambda loader, path, once=once: once(path))
    keys = {"AWS_ACCESS_KEY_ID": "none", "AWS_SECRET_ACCESS_KEY": "none", "AWS_MAX_ATTEMPTS": "1"}
    os.environ.update(keys)
    nowhere = ["--region", "us-east-1", "--endpoint-url", "http://127.0.0.1:1", "--output", "text"]
    for operation in (["ec2", "describe-fast-launch-images"], ["sts", "get-caller-identity"]):
        awscli.clidriver.create_clidriver().main([*nowhere, *operation, "--query", "A[0].[B]"])
    for name in keys:
        del os.environ[name]
    gc.freeze()


def attend(connection):
    """Runs a call in a process of its own; ends it when the caller is gone."""
    import select
    import signal

    header, files, _, _ = socket.recv_fds(connection, 4, 3)
    text = b""
    while len(text) < int.from_bytes(header, "big"):
        text += connection.recv(65536)
    until, running = os.pipe()
    worker = os.fork()
    if worker == 0:
        connection.close()
        run(json.loads(text), files)
    os.close(running)
    if connection in select.select([connection, until], [], [])[0]:
        os.kill(worker, signal.SIGTERM)
    status = os.waitstatus_to_exitcode(os.waitpid(worker, 0)[1])
    try:
        connection.send(bytes([status if status >= 0 else 128 - status]))
    except OSError:
        pass
    os._exit(0)


def run(wanted, files):
    import traceback

    import awscli.clidriver

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
    os._exit(status or 0)


if __name__ == "__main__":
    if sys.argv[1] == "call":
        call(sys.argv[2], sys.argv[3:])
    serve(sys.argv[2])
