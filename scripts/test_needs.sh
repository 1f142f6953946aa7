#!/bin/sh
# Installs what tests need beside Python packages, where this machine allows it; tests skip with a reason otherwise.
set -eu
if ! ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "installing PostgreSQL for the ledger's tests"
    export DEBIAN_FRONTEND=noninteractive
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends postgresql; } >/dev/null 2>&1 ||
      echo "PostgreSQL could not be installed; its tests are skipped"
  else
    echo "PostgreSQL is not installed; its tests are skipped (apt-get install postgresql)"
  fi
fi
