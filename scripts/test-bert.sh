#!/bin/sh
# Runs the tests of the accurate engine where libtorch is there or can be had,
# and says plainly when it does not. Status 0 when they pass or are skipped.
#
#   LIBTORCH=DIR scripts/test-bert.sh      with this libtorch
#   scripts/test-bert.sh                   with target/libtorch, fetched if need
#                                          be within FETCH_SECONDS (300)
set -eu
cd "$(dirname "$0")/.."

skip() { echo "skipped the tests of the accurate engine (--features bert): $*"; exit 0; }

if [ -z "${LIBTORCH:-}" ]; then
    dir=target/libtorch
    if ! scripts/libtorch.sh "$dir" --check >/dev/null 2>&1; then
        command -v c++ >/dev/null || skip "no C++ compiler"
        timeout "${FETCH_SECONDS:-300}" scripts/libtorch.sh "$dir" ||
            skip "libtorch is not here and could not be fetched in ${FETCH_SECONDS:-300} s"
    fi
    . "$dir/env.sh"
fi
command -v c++ >/dev/null || skip "no C++ compiler"
echo "the accurate engine, with libtorch in $LIBTORCH"
exec cargo test --locked --features bert --lib --test bert_golden --test bert_folders
