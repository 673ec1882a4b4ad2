#!/bin/sh
# Puts a CPU libtorch 2.4.0 for the `bert` feature into a folder.
#
#   scripts/libtorch.sh DIR            fetch (about 680 MB) and unpack (about 550 MB)
#   scripts/libtorch.sh DIR --wheels W take the wheels from W, fetch what is not there
#   scripts/libtorch.sh DIR --check    only say whether DIR is whole (status 0 or 1)
#
# then:  . DIR/env.sh && cargo build --release --features bert
#
# The libraries come from the Python package index, where libtorch lives inside
# the torch wheel. Only the CPU library, its OpenMP and the headers are kept;
# two small libraries of the CUDA runtime stay because libtorch_cpu of that
# wheel asks the loader for them. A second run on a whole folder does nothing.
set -eu

VERSION=2.4.0
# name of the wheel, requirement, SHA-256
WHEELS="torch-2.4.0-cp311-cp311-manylinux1_x86_64.whl torch==2.4.0 e743adadd8c8152bb8373543964551a7cb7cc20ba898dc8f9c0cdbe47c283de0
nvidia_cuda_runtime_cu12-12.1.105-py3-none-manylinux1_x86_64.whl nvidia-cuda-runtime-cu12==12.1.105 6e258468ddf5796e25f1dc591a31029fa317d97a0a94ed93468fc86301d61e40
nvidia_cuda_cupti_cu12-12.1.105-py3-none-manylinux1_x86_64.whl nvidia-cuda-cupti-cu12==12.1.105 e54fde3983165c624cb79254ae9818a456eb6e87a7fd4d56a2352c24ee542d7e"

die() { echo "libtorch.sh: $*" >&2; exit 1; }
usage() { sed -n '2,8s/^# \{0,1\}//p' "$0" >&2; exit 2; }

[ $# -ge 1 ] || usage
case $1 in -*) usage ;; esac
dir=$1; shift
wheels= check=
while [ $# -gt 0 ]; do
    case $1 in
        --wheels) [ $# -ge 2 ] || usage; wheels=$2; shift 2 ;;
        --check) check=1; shift ;;
        *) usage ;;
    esac
done

# Whole: the version is ours and every file has the sum it was unpacked with.
state() {
    [ -d "$dir" ] || { echo "$dir does not exist"; return 1; }
    [ -f "$dir/build-version" ] || { echo "$dir holds no build-version: not a libtorch"; return 1; }
    found=$(sed 's/+.*//' "$dir/build-version")
    [ "$found" = "$VERSION" ] || { echo "$dir holds libtorch $found, rust-bert needs $VERSION exactly"; return 1; }
    [ -f "$dir/SHA256SUMS" ] || { echo "$dir was not made by this script (no SHA256SUMS)"; return 1; }
    (cd "$dir" && sha256sum --check --quiet SHA256SUMS 2>/dev/null >&2) || { echo "$dir is damaged: a file differs from SHA256SUMS"; return 1; }
    echo "libtorch $VERSION in $dir is whole"
}

if [ -n "$check" ]; then state; exit; fi
if why=$(state); then echo "$why, nothing to do"; exit 0; fi
# Never empty or overwrite a folder that holds something else.
if [ -e "$dir" ] && [ -n "$(ls -A "$dir" 2>/dev/null)" ] && [ ! -f "$dir/SHA256SUMS" ]; then
    die "$why; and it is not empty: name another folder"
fi

[ "$(uname -s)-$(uname -m)" = Linux-x86_64 ] ||
    die "these wheels are for Linux on x86-64; elsewhere take the official archive (docs/BERT.md)"
command -v python3 >/dev/null || die "python3 (with pip) is needed to fetch and unpack the wheels"

mkdir -p "$(dirname "$dir")"
tmp=$(mktemp -d "$(dirname "$dir")/.libtorch.XXXXXX")
trap 'rm -rf "$tmp"' EXIT INT TERM
mkdir "$tmp/wheels" "$tmp/libtorch"

echo "$WHEELS" | while read -r name requirement sum; do
    if [ -n "$wheels" ] && [ -f "$wheels/$name" ]; then
        wheel=$wheels/$name
    else
        echo "fetching $requirement" >&2
        python3 -m pip download --quiet --no-deps --only-binary=:all: --implementation cp \
            --python-version 3.11 --platform manylinux1_x86_64 \
            --dest "$tmp/wheels" "$requirement" || die "pip could not fetch $requirement"
        wheel=$tmp/wheels/$name
        [ -f "$wheel" ] || die "pip brought $(ls "$tmp/wheels"), not $name"
    fi
    echo "$sum  $wheel" | sha256sum --check --quiet >&2 || die "$wheel is not the file that was expected (SHA-256)"
    python3 - "$wheel" "$tmp/libtorch" <<'PY'
import pathlib, shutil, sys, zipfile
wheel, out = sys.argv[1], pathlib.Path(sys.argv[2])
LIBS = ("libtorch_cpu.so", "libc10.so", "libgomp-", "libcudart.so.12", "libcupti.so.12")
with zipfile.ZipFile(wheel) as z:
    for info in z.infolist():
        path = pathlib.PurePosixPath(info.filename)
        if info.is_dir():
            continue
        if path.parts[:2] == ("torch", "include"):
            target = out / pathlib.Path(*path.parts[1:])
        elif "lib" in path.parts and path.name.startswith(LIBS):
            target = out / "lib" / path.name
        else:
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        with z.open(info) as src, open(target, "wb") as dst:
            shutil.copyfileobj(src, dst, 1 << 20)
PY
    rm -f "$tmp/wheels/$name"
done

# The wheel's libtorch.so would pull the CUDA library in: a linker script that
# names the CPU library takes its place.
echo 'INPUT ( libtorch_cpu.so libc10.so )' >"$tmp/libtorch/lib/libtorch.so"
echo "$VERSION" >"$tmp/libtorch/build-version"
(cd "$tmp/libtorch" && find lib -type f | sort | xargs sha256sum >SHA256SUMS)
full=$(mkdir -p "$dir" && cd "$dir" && pwd)
cat >"$tmp/libtorch/env.sh" <<ENV
# For building glane with --features bert; the finished program needs none of it.
export LIBTORCH='$full'
# The wheels are built with the old C++ ABI; without this the link fails.
export LIBTORCH_CXX11_ABI=0
ENV
rm -rf "$dir"
mv "$tmp/libtorch" "$dir"
state
