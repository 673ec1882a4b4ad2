#!/bin/sh
# Builds the wheel of bindings/python, installs it into a virtual environment of its own and
# runs its tests. Status 0 when they pass or are skipped, which is said plainly; anything that
# is run and fails is a failure.
#
# GLANE_CI_PYTHON=auto    (default) skipped where Python 3.9, its venv or the packages
#                         (maturin, pytest) cannot be had; tests that need pyarrow, polars, mypy
#                         or spaCy are skipped, each with a line, where those cannot be had
# GLANE_CI_PYTHON=always  what is missing is a failure
# GLANE_CI_PYTHON=never   skipped
# GLANE_CI_SPARK=never    (default) the tests of integrations/spark are skipped; auto: run where
#                         Java and pyspark can be had; always: what is missing is a failure
# GLANE_CI_ENGINES=never  (default) the tests of Ray, Dask and S3 are skipped, each with a line, where
#                         those are not installed; auto: they are where they can be had; always:
#                         what is missing is a failure
#
# PYTHON names the interpreter (python3), WHEEL_PROFILE the profile of Cargo (dev; the wheel that
# people get is made with release).
set -eu
cd "$(dirname "$0")/.."

skipped="skipped the wheel (bindings/python)"
mode=${GLANE_CI_PYTHON:-auto}
case $mode in
    auto | always) ;;
    never) echo "$skipped: GLANE_CI_PYTHON=never"; exit 0 ;;
    *) echo "test-python.sh: GLANE_CI_PYTHON is auto, always or never, not $mode" >&2; exit 2 ;;
esac

skip() {
    [ "$mode" = auto ] || { echo "test-python.sh: $*" >&2; exit 1; }
    echo "$skipped: $*"
    exit 0
}

# A limit, where nobody insists: a registry that does not answer costs minutes otherwise.
limited() {
    if [ "$mode" = always ]; then "$@"; else timeout "${SECONDS_LEFT:-300}" "$@"; fi
}

python=${PYTHON:-python3}
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 9))' 2>/dev/null ||
    skip "no Python 3.9 or later ($python)"
target=$(realpath -m "${CARGO_TARGET_DIR:-target}")
venv=$target/python
if ! "$venv/bin/python" -c '' 2>/dev/null; then
    "$python" -m venv "$venv" || { rm -rf "$venv"; skip "$python -m venv does not work"; }
fi
pip() { limited "$venv/bin/python" -m pip --disable-pip-version-check --quiet "$@"; }
pip install 'maturin>=1.7,<2' 'pytest>=8' || skip "maturin and pytest cannot be had"
for package in pyarrow polars mypy spacy duckdb joblib pyyaml; do
    pip install --only-binary :all: "$package" ||
        if [ "$mode" = always ]; then exit 1; else echo "without $package: its tests are skipped"; fi
done
# Some 600 MB.
engines=${GLANE_CI_ENGINES:-never}
if [ "$engines" != never ]; then
    pip install --only-binary :all: ray 'dask[dataframe]' 'pandas>=2.2,<3' 'moto[server]' ||
        if [ "$engines" = always ]; then exit 1; else echo "without Ray, Dask and moto: their tests are skipped"; fi
fi

wheels=$target/wheels
rm -rf "$wheels"
status=0
CARGO_TARGET_DIR="$target" SECONDS_LEFT=400 limited "$venv/bin/maturin" build --locked --quiet \
    --manifest-path bindings/python/Cargo.toml --interpreter "$venv/bin/python" \
    --profile "${WHEEL_PROFILE:-dev}" --out "$wheels" || status=$?
[ "$status" != 124 ] || skip "it was not built in time"
[ "$status" = 0 ] || exit "$status"
ls -l "$wheels"
# By its file, so that no package of this name is taken from anywhere else.
pip install --force-reinstall --no-deps "$wheels"/glane-*.whl
# From the folder of the tests: what lies beside them is not what was installed.
cd bindings/python/tests
"$venv/bin/python" -m pytest -c ../pyproject.toml --rootdir .. .
"$venv/bin/python" -m pytest -p no:cacheprovider ../../../integrations/slices

# Spark wants Java 17 and 400 MB of packages.
case ${GLANE_CI_SPARK:-never} in
    never) echo "skipped Spark (integrations/spark): GLANE_CI_SPARK=never"; exit 0 ;;
    auto) command -v java >/dev/null || { echo "skipped Spark: no Java"; exit 0; } ;;
esac
pip install pyspark 'pandas>=2.2,<3' pyarrow || {
    [ "$GLANE_CI_SPARK" = auto ] || exit 1
    echo "skipped Spark: pyspark cannot be had"
    exit 0
}
PYSPARK_PYTHON="$venv/bin/python" "$venv/bin/python" -m pytest -p no:cacheprovider ../../../integrations/spark
