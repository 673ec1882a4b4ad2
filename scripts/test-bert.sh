#!/bin/sh
# Lints and tests of the engine `bert` (--features bert), where libtorch is
# there or can be had. Status 0 when they pass or are skipped, which is said
# plainly; anything that is run and fails is a failure.
#
#   LIBTORCH=DIR scripts/test-bert.sh    with this libtorch
#   scripts/test-bert.sh                 with one under the target folder, fetched
#                                        from the Python package index if need be
#
# GLANE_CI_BERT=auto    (default) skipped where a compiler, pip or the network is
#                       missing, or where fetching and building together take
#                       longer than BERT_SECONDS (1080)
# GLANE_CI_BERT=always  what is missing is a failure, and there is no limit
# GLANE_CI_BERT=never   skipped
set -eu
cd "$(dirname "$0")/.."

skipped="skipped the engine bert (--features bert)"
mode=${GLANE_CI_BERT:-auto}
case $mode in
    auto | always) ;;
    never) echo "$skipped: GLANE_CI_BERT=never"; exit 0 ;;
    *) echo "test-bert.sh: GLANE_CI_BERT is auto, always or never, not $mode" >&2; exit 2 ;;
esac

skip() {
    [ "$mode" = auto ] || { echo "test-bert.sh: $*" >&2; exit 1; }
    echo "$skipped: $*"
    exit 0
}

begun=$(date +%s)
last=$begun
took() {
    now=$(date +%s)
    echo "-- $1: $((now - last)) s"
    last=$now
}

# Runs a command within what is left of the limit; status 124 when that is over.
limited() {
    if [ "$mode" = always ]; then "$@"; return; fi
    left=$((begun + ${BERT_SECONDS:-1080} - $(date +%s)))
    [ "$left" -gt 0 ] || return 124
    timeout "$left" "$@"
}

command -v c++ >/dev/null || skip "no C++ compiler (c++)"
if [ -z "${LIBTORCH:-}" ]; then
    dir=${CARGO_TARGET_DIR:-target}/libtorch
    if ! scripts/libtorch.sh "$dir" --check >/dev/null 2>&1; then
        python3 -m pip --version >/dev/null 2>&1 ||
            skip "libtorch is not here, and python3 with pip, which fetches it, is missing"
        limited scripts/libtorch.sh "$dir" || skip "libtorch is not here and could not be fetched in time"
        took "fetching libtorch"
    fi
    . "$dir/env.sh"
fi
echo "the accurate engine, with libtorch in $LIBTORCH"
limited cargo fetch --locked --quiet || skip "its crates could not be fetched in time"
took "fetching crates"

tests="--test bert_golden --test bert_folders --test bert_extract"
status=0
# shellcheck disable=SC2086
limited cargo test --locked --features bert --lib $tests --no-run || status=$?
[ "$status" != 124 ] || skip "it was not built in time"
[ "$status" = 0 ] || exit "$status"
took "building"
cargo test --locked --features bert --lib entities::bert
# shellcheck disable=SC2086
cargo test --locked --features bert $tests
took "testing"
cargo clippy --locked --features bert --all-targets -- -D warnings
took "lints"
