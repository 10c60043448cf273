"""What runs: the one list of Maillage's processes, for `make run`, the journeys and (compared by a test) docker-compose.yml."""

from dataclasses import dataclass
from pathlib import Path

from infra.local.layout import BACKEND, ROOT


@dataclass(frozen=True)
class Process:
    """One long-running process: its name, its command and the folder it is started in."""

    name: str
    command: str
    folder: Path = BACKEND

    def words(self, **values: str) -> list[str]:
        """Write the command with its values (`host`, `port`, a folder whose name may hold spaces) filled in."""
        return [word.format(**values) for word in self.command.split()]


WEB = Process(
    "web", "granian --interface wsgi --host {host} --port {port} --workers 1 --blocking-threads 8 --no-ws config.wsgi:application"
)
WORKER = Process(
    "worker", "celery -A config worker -Q transactional,money,default,mail -c 2 --without-gossip --without-mingle --loglevel INFO"
)
DISPATCHER = Process("dispatcher", "python manage.py dispatch")
PRODUCT = (WEB, WORKER, DISPATCHER)

# Stand-ins for the outside world: one keeps what is sent instead of sending it, the other takes what is paid, and no money moves.
MAIL_CATCHER = Process("mail catcher", "python -m infra.local.catcher --smtp {smtp_port} --page {page_port} --folder {folder}", ROOT)
STRIPE = Process("stripe stand-in", "python -m infra.local.stripe --port {stripe_port} --folder {stripe_folder} --webhook {webhook}", ROOT)
STAND_INS = (MAIL_CATCHER, STRIPE)

# Done once before the processes start, in this order; each may be done again.
PREPARE = "python -m infra.local.prepare"
