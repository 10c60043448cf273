"""`python -m infra.local.stripe`: play Stripe until SIGTERM."""

import argparse
import signal
import threading
from pathlib import Path

from infra.local.stripe import web
from infra.local.stripe.api import Api
from infra.local.stripe.deliveries import Deliverer
from infra.local.stripe.store import Store
from infra.local.stripe.world import World


def main() -> None:
    """Serve the API, the controls and the pages until asked to end."""
    asked = argparse.ArgumentParser(prog="python -m infra.local.stripe", description="A stand-in for Stripe. No real money moves.")
    asked.add_argument("--port", type=int, default=12111, help="the port of the API and the pages, on the loopback")
    asked.add_argument("--folder", type=Path, required=True, help="where all is kept")
    asked.add_argument("--webhook", default="", help="the address that is told of events; {account} stands for the account's name")
    options = asked.parse_args()

    world = World(Store(options.folder), address=f"http://127.0.0.1:{options.port}", webhook=options.webhook)
    deliverer = Deliverer(world)
    served = web.server(world, Api(world), port=options.port)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: threading.Thread(target=served.shutdown).start())
    deliverer.start()
    print(f"playing Stripe on {world.address}: a stand-in, no real money", flush=True)
    served.serve_forever(poll_interval=0.1)
    deliverer.stop()


if __name__ == "__main__":
    main()
