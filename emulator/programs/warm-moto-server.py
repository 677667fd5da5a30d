"""moto_server, with its modules loaded already.

    warm-moto-server.py SOCKET

Most of the time until moto_server has answered its first calls goes by loading modules. Here each
connection gets a server of its own, which is a fork of this process, knows nothing of the others, tells
its output over the connection, and ends with it.
"""

import os
import sys
import threading

from warm_server import serve

# What nearly every stack uses; the others are loaded with the first call.
SERVICES = ("ec2", "iam", "autoscaling", "eks", "ssm", "sts", "s3", "sqs", "sns", "kms", "events", "logs")


def load():
    import moto.server
    from moto.moto_server.werkzeug_app import create_backend_app

    for service in SERVICES:
        create_backend_app(service)


def attend(connection):
    """A server as the program is, until the connection ends."""
    import moto.server
    from moto.moto_api._internal import mock_random

    os.dup2(os.open(os.devnull, os.O_RDWR), 0)
    os.dup2(0, 1)
    os.dup2(connection.fileno(), 2)
    threading.Thread(target=end_with, args=(connection,), daemon=True).start()
    # Else all of them would make up the same ids.
    mock_random.seed()
    moto.server.main(["-H", "127.0.0.1", "-p", "0"])


def end_with(connection):
    try:
        while connection.recv(1024):
            pass
    finally:
        os._exit(0)


if __name__ == "__main__":
    serve(sys.argv[1], load, attend)
