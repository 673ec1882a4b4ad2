#!/usr/bin/env bash
# Opens the page of `glane view` in a real browser: no error of the browser, the
# facets filter, a script in an article stays text, keyboard, dark, narrow, paper.
#
# Chromium and its libraries are some 410 MB: GLANE_CI_BROWSER=always installs
# them where apt-get can, `auto` (the default) takes a browser that is there,
# `never` leaves the test out. A folder as first argument gets the pictures.
set -euo pipefail
cd "$(dirname "$0")/.."

want=${GLANE_CI_BROWSER:-auto}
skip() {
    echo "skipped: $1"
    [ "$want" != always ] || exit 1
    exit 0
}

[ "$want" != never ] || skip "GLANE_CI_BROWSER=never"
find_browser() {
    command -v chromium || command -v chromium-browser || command -v google-chrome || true
}
browser=$(find_browser)
if [ -z "$browser" ] && [ "$want" = always ] && command -v apt-get >/dev/null; then
    if [ "$(id -u)" = 0 ]; then apt=apt-get; else apt="sudo apt-get"; fi
    $apt update -q && $apt install -qy --no-install-recommends chromium fonts-dejavu-core
    browser=$(find_browser)
fi
[ -n "$browser" ] || skip "no Chromium (GLANE_CI_BROWSER=always installs one)"
python=${GLANE_PYTHON:-python3}
command -v "$python" >/dev/null || skip "no Python 3"

cargo build --locked
exec "$python" scripts/test-view.py "${CARGO_TARGET_DIR:-target}/debug/glane" "$browser" "$@"
