"""A private Redis, on a free port of the loopback."""

import shutil
import socket
from functools import partial
from pathlib import Path

from infra.local.server import ATTEMPTS_AT_A_PORT, Server, ServiceFailed, comes_up, free_port, kept_password, spawn, tail


def start_redis(folder: Path, *, log: Path | None = None) -> Server:
    """Start a Redis that keeps everything in memory: jobs are rows, so nothing is lost with it (decision 7).

    Raises: ServiceFailed.
    """
    program = shutil.which("redis-server")
    if program is None:
        raise ServiceFailed("redis-server is not installed.")
    password = kept_password(folder)
    log = log or folder / "log"
    for _ in range(ATTEMPTS_AT_A_PORT):
        port = free_port()
        # Through standard input, so that the password stands in no list of processes.
        lines = [f"port {port}", "bind 127.0.0.1", f"requirepass {password}", f'dir "{folder}"', 'save ""', "databases 64"]
        process = spawn([program, "-"], log=log, folder=folder, death="TERM", text="\n".join(lines))
        server = Server("redis", f"redis://:{password}@127.0.0.1:{port}/0", log, process)
        if comes_up(process, partial(_redis_is_ready, port, password)):
            return server
        server.stop()
        if "Address already in use" not in tail(log):
            break
    raise ServiceFailed(f"Redis did not start. The end of {log}:\n{tail(log)}")


def _redis_is_ready(port: int, password: str) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
            connection.sendall(f"AUTH {password}\r\nPING\r\n".encode())
            answer = connection.recv(64)
            return answer.startswith(b"+OK")
    except OSError:
        return False
