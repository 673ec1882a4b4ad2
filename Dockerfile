# Two stages: a toolchain that builds, and an image that holds the program and nothing
# else. It needs no network and writes only where it is told.
#
#   docker build -t glane --build-arg GLANE_COMMIT="$(git rev-parse --short=12 HEAD)" .
#   docker run --rm --network none -u "$(id -u):$(id -g)" -v "$PWD:/data" glane extract articles -o records
FROM rust:1-slim-bookworm AS build
# zstd is C.
RUN apt-get update \
    && apt-get install -qy --no-install-recommends musl-tools \
    && rm -rf /var/lib/apt/lists/* \
    && rustup target add "$(uname -m)-unknown-linux-musl"
WORKDIR /src
COPY . .
# For `glane --version`: the history is not copied.
ARG GLANE_COMMIT=unknown
ENV GLANE_COMMIT=$GLANE_COMMIT
RUN target="$(uname -m)-unknown-linux-musl" \
    && export "CC_$(uname -m)_unknown_linux_musl=musl-gcc" \
    && cargo build --release --locked --target "$target" \
    && install -D "target/$target/release/glane" /out/glane \
    && mkdir -p /out/licences \
    && cp LICENSE-APACHE LICENSE-MIT /out/licences \
    && cp models/compact-fr/README.md /out/licences/model-compact-fr.md \
    && cp models/encoder-fr/README.md /out/licences/model-encoder-fr.md

FROM scratch
COPY --from=build /out /
WORKDIR /data
ENTRYPOINT ["/glane"]
CMD ["--help"]
