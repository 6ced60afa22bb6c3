#!/bin/sh
# The build command for Cloudflare's own builds of a fork, whose image has Node and no Rust:
#   build command    sh scripts/cloudflare-build.sh
#   deploy command   npm run deploy
# With the variable RELEASE, the address of a release's archive, that is taken, and nothing is compiled. Without it Rust
# is installed and everything is built, which takes about a quarter of an hour.
set -eu
cd "$(dirname "$0")/.."

if [ -n "${RELEASE:-}" ]; then
  archive=$(mktemp -d)
  curl --fail --silent --show-error --location "$RELEASE" --output "$archive/release.tar.gz"
  curl --fail --silent --show-error --location "$RELEASE.sha256" --output "$archive/sha256"
  # The file that goes with the archive has its name in it, which may be another one here.
  echo "$(cut -d' ' -f1 "$archive/sha256")  $archive/release.tar.gz" | sha256sum --check --quiet
  tar -xzf "$archive/release.tar.gz" -C "$archive" --strip-components=1
  (cd "$archive" && sha256sum --check --quiet checksums.txt)
  rm -rf dist worker/build worker/migrations
  cp -R "$archive/dist" dist
  cp -R "$archive/worker/build" worker/build
  cp -R "$archive/worker/migrations" worker/migrations
else
  if ! command -v cargo >/dev/null; then
    curl --fail --silent --show-error --proto '=https' https://sh.rustup.rs | sh -s -- -y --profile minimal
    . "$HOME/.cargo/env"
  fi
  # Cloudflare names the commit in a variable of its own.
  OKRS_EDGE_COMMIT=${WORKERS_CI_COMMIT_SHA:-} WRANGLER_COMMAND=deploy cargo xtask build
fi

# The deploy command has a shell of its own, without cargo: nothing is left to build there.
sed -i.built '/^\[build\]$/,/^$/d' wrangler.toml
rm wrangler.toml.built
