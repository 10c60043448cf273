"""`python -m infra.local.catcher`: catch mails until SIGTERM."""

import argparse
import signal
import threading
from pathlib import Path

from infra.local.catcher import smtp, web
from infra.local.catcher.mailbox import Mailbox


def main() -> None:
    """Serve SMTP and the page until asked to end."""
    asked = argparse.ArgumentParser(description=main.__doc__)
    asked.add_argument("--host", default="127.0.0.1")
    asked.add_argument("--smtp", type=int, default=1025, help="the port that takes mails")
    asked.add_argument("--page", type=int, default=8025, help="the port of the page")
    asked.add_argument("--folder", type=Path, required=True, help="where the mails are kept")
    options = asked.parse_args()

    mailbox = Mailbox(options.folder)
    mails = smtp.controller(mailbox, host=options.host, port=options.smtp)
    pages = web.server(mailbox, host=options.host, port=options.page)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: threading.Thread(target=pages.shutdown).start())
    mails.start()
    print(f"catching mails on {options.host}:{options.smtp}, showing them on http://{options.host}:{options.page}", flush=True)
    pages.serve_forever(poll_interval=0.1)
    mails.stop()


if __name__ == "__main__":
    main()
