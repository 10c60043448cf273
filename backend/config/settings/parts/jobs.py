"""Celery carries ids between the dispatcher and the workers and holds no state (decision 7)."""

from datetime import timedelta

from config.env import env

JOBS_QUEUES = ("transactional", "money", "default", "mail")
JOBS_SCHEDULE = "config.schedule.SCHEDULE"
JOBS_POLL = timedelta(seconds=1)
JOBS_WINDOW = 500  # ids of one queue that lie in the broker at once, so that losing it loses little
JOBS_HAND_LEASE = timedelta(seconds=30)  # how long an id may lie in the broker before it is handed again; doubles each time
JOBS_HAND_LEASE_MOST = timedelta(minutes=15)
JOBS_BACKOFF = timedelta(seconds=10)  # after a first failure; doubles each time
JOBS_BACKOFF_MOST = timedelta(hours=1)

CELERY_BROKER_URL = env("REDIS_URL")
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # a worker outlives any absence of the broker
CELERY_BROKER_TRANSPORT = "maillage.journal.broker:Transport"
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 2, "socket_timeout": 5, "socket_keepalive": True}
CELERY_DB_REUSE_MAX = 1000  # else Celery reconnects to the database for every job
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_STORE_ERRORS_EVEN_IF_IGNORED = False
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = False  # the row's lease decides, not the broker
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
