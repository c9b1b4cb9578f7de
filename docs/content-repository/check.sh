#!/bin/sh
# check.sh [FOLDER]: checks a repository of scenarios and rubrics; for any CI, and as .git/hooks/pre-commit.
# Without viva on the path it is installed from a package that lies beside this script: viva_*.deb.
# The exit status is that of viva check: 0 fine, 1 something is to be mended, 3 a file cannot be used.
set -eu
if ! command -v viva >/dev/null 2>&1; then
    here=$(cd "$(dirname "$0")" && pwd)
    apt-get update
    apt-get install -y --no-install-recommends "$here"/viva_*.deb
fi
viva check --strict "${1:-.}"
