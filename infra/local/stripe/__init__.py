"""A stand-in for Stripe: a local server that the unmodified `stripe` SDK and a browser talk to. No real money moves.

    python -m infra.local.stripe --port 12111 --folder .local/stripe --webhook 'http://127.0.0.1:8000/webhooks/stripe/{account}/'

It serves tests and the demo only. It listens on the loopback, says on every page and in the header `Stand-In` what it
is, and is never imported by the product, which finds it through `STRIPE_API_URL` and `STRIPE_JS_URL`.

- **Accounts.** `sk_test_standin_<account>` and `pk_test_standin_<account>` name one; each has its own state, clock and
  switches, and comes to be when it is first named. Its webhooks are signed with `whsec_standin_<account>`. Every other
  key, a live one first of all, is refused with 401.
- **API.** `/v1`, in the shape of the version that the SDK pins. `parameters.py` refuses what the SDK's typed parameters
  do not know. What is taken: `routes.py`. Test cards: `cards.py`; test IBANs: `ibans.py`.
- **Time.** Each account's clock runs as real time does, and can be moved forwards; all that falls due meanwhile happens
  in its order (debits settle, payouts leave, webhooks are tried again). Signatures carry real time: who verifies them
  lives in it.
- **Differences.** Euros only; working days know weekends, no bank holidays; a real card number or IBAN is declined.
  With `capture_method` at its default a charge has its balance transaction a second later, as Stripe's `automatic_async`
  has it, and `charge.updated` tells so.
- **Controls.** `/_stand-in/` (JSON, `controls.py`) moves the clock, breaks webhooks and the API on purpose, opens and
  settles disputes, makes a bank return a debit, takes what happened before it came to be (`history.py`), and lists what was
  delivered with the answers. `/` is a page for people.
"""
