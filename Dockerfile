# The register as a small image: one binary, no shell, no root.
#
#   docker build -t qadam .
#   docker run -p 8080:8080 -v qadam-data:/data qadam

FROM rust:1-slim-bookworm AS builder
WORKDIR /build
COPY . .
# The caches outlive the layer, so that a change of ours does not build everybody else's code again; the binary
# is copied out of them in the same step. An empty folder stands ready to become /data, owned by who writes there.
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/build/target \
    cargo build --profile dist --locked --package qadam-server --bin qadam \
    && cp target/dist/qadam /usr/local/bin/qadam \
    && mkdir /empty

FROM gcr.io/distroless/cc-debian12:nonroot
COPY --from=builder /usr/local/bin/qadam /usr/local/bin/qadam
COPY --from=builder --chown=nonroot:nonroot /empty /data
ENV QADAM_DATA_DIR=/data \
    QADAM_LISTEN=0.0.0.0:8080
VOLUME /data
EXPOSE 8080
USER nonroot
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s --retries=3 CMD ["/usr/local/bin/qadam", "healthcheck"]
ENTRYPOINT ["/usr/local/bin/qadam"]
CMD ["serve"]
