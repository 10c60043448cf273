# Everything is done by infra/local, which needs Python 3.11 or newer and Node 20.19 or newer and installs the rest.
PYTHON ?= python3

.DEFAULT_GOAL := help
.PHONY: help run stop logs test lint bench messages schema manage

help: ## say what there is
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

run: ## start Maillage with its demo campaign, until Ctrl-C (PORT=8000)
	@$(PYTHON) -m infra.local.run

stop: ## stop what `make run` started in another terminal
	@$(PYTHON) -m infra.local.stop

logs: ## follow the logs of what runs
	@tail -n 5 -F .local/log/*.log

test: ## run every check: style, types, floors, backend, frontend, journeys (ONLY=name for one)
	@$(PYTHON) -m infra.local.check

lint: ## style, types, floors
	@$(PYTHON) -m infra.local.check style types floors frontend-types frontend-style

bench: ## measure the figures, one JSON line each (ONLY=group or group.figure, LONG=1 for the large sizes)
	@$(PYTHON) -m infra.local.bench

messages: ## gather the texts to translate into backend/locale
	@$(PYTHON) -m infra.local.manage makemessages --all --no-location --no-wrap

schema: ## write the OpenAPI file and the frontend's client from the code
	@$(PYTHON) -m infra.local.manage spectacular --lang en --file openapi.yaml --validate
	@cd frontend && npm run --silent schema

manage: ## run a Django command on what runs (DO="shell")
	@$(PYTHON) -m infra.local.manage $(DO)
