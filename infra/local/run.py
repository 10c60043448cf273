"""`make run`: from a fresh checkout to a running Maillage, and to nothing at all after Ctrl-C."""

import json
import os
import socket
import sys
import time
import urllib.request

from infra.local import machine, packages, processes
from infra.local.instance import Instance
from infra.local.layout import LOCAL, LOGS, ROOT
from infra.local.life import live
from infra.local.postgres import start_postgres
from infra.local.progress import Steps
from infra.local.reasons import CannotGoOn
from infra.local.redis import start_redis
from infra.local.server import free_port
from infra.local.stack import Stack, start_processes
from infra.local.supervisor import Supervisor

MAILBOX_PORT = 8025
STRIPE_PORT = 12111


class NoPort(CannotGoOn):
    """PORT cannot be used; the message says why and what can."""


def main() -> int:
    """Run until somebody asks to end (0), or until something fails (1)."""
    return live(LOCAL, address=f"http://127.0.0.1:{os.environ.get('PORT', '8000')}", start=_start)


def _start(supervisor: Supervisor, instance: Instance) -> None:
    steps = Steps(logs=LOGS)
    port = _port()
    try:
        with steps.step("machine"):
            machine.complete(steps, needs=machine.TO_RUN)
        packages.install(steps)
        stack = _services(steps, supervisor, port=port)
        _prepare(steps, stack)
        with steps.step("processes"):
            start_processes(supervisor, stack, waiting=steps.say)
            steps.say(", ".join(server.name for server in supervisor.programs))
    finally:
        steps.close()
    instance.tell(variables=stack.variables)
    _welcome(stack, seconds=time.monotonic() - steps.began)


def _services(steps: Steps, supervisor: Supervisor, *, port: int) -> Stack:
    with steps.step("database, Redis"):
        postgres = start_postgres(LOCAL / "pg", durable=True, log=LOGS / "postgresql.log")
        supervisor.foundations.append(postgres)
        redis = start_redis(LOCAL / "redis", log=LOGS / "redis.log")
        supervisor.foundations.append(redis)
        steps.say("private, on free ports")
    mailbox_port, stripe_port = (wanted if _is_free(wanted) else free_port() for wanted in (MAILBOX_PORT, STRIPE_PORT))
    return Stack(port, free_port(), mailbox_port, stripe_port, LOCAL, postgres.url, redis.url)


def _prepare(steps: Steps, stack: Stack) -> None:
    """Fill the database, unless it was filled from what is here now: Django's start alone is half of a quick start."""
    stamp = LOCAL / "pg" / "prepared"
    mark = packages.mark_of_preparation(boundaries=stack.variables["MAILLAGE_BOUNDARIES"])
    with steps.step("database's content"):
        if stamp.exists() and stamp.read_text() == mark:
            steps.say("unchanged")
            return
        stamp.unlink(missing_ok=True)
        steps.say("starting Django")
        steps.run(processes.PREPARE.split(), folder=ROOT, environment=stack.environment, log="prepare")
    stamp.write_text(mark)


def _welcome(stack: Stack, *, seconds: float) -> None:
    print(f"\nMaillage runs at {stack.address} (ready in {seconds:.1f} s)\n")
    print(f"  One-click accounts   {stack.address}/fr/sign-in/")
    asked = urllib.request.Request(f"{stack.address}/api/v1/accounts/demo/", headers={"Accept-Language": "en"})
    with urllib.request.urlopen(asked, timeout=10) as answer:
        for account in json.load(answer)["items"]:
            print(f"    {account['role']:<24} {account['name']}, {account['place']}")
    print(f"  Mails it sent        {stack.mailbox} (a stand-in: none leaves this machine)")
    print(f"  Payments it took     {stack.stripe} (a stand-in for Stripe: no real money)")
    print(f"  Logs                 {LOGS.relative_to(ROOT)}/")
    print("\nCtrl-C stops everything.", flush=True)


def _port() -> int:
    """Read PORT.

    Raises: NoPort when it is none, or when somebody listens there.
    """
    text = os.environ.get("PORT", "8000")
    if not (text.isdigit() and 1 <= int(text) <= 65535):
        raise NoPort(f"PORT is {text!r}; it must be a number from 1 to 65535.")
    if not _is_free(int(text)):
        other = next((port for port in range(int(text) + 1, min(int(text) + 100, 65536)) if _is_free(port)), free_port())
        raise NoPort(f"Port {text} is used by another program. Name another: make run PORT={other}")
    return int(text)


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


if __name__ == "__main__":
    sys.exit(main())
