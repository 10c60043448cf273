"""How mail leaves."""

from config.env import env

vars().update(env.email_url("EMAIL_URL"))
DEFAULT_FROM_EMAIL = env("MAIL_FROM")
EMAIL_TIMEOUT = 10
MAILBOX_URL = env("MAILBOX_URL")
