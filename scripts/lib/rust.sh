# Rust: a stated prerequisite, so it is looked for and never installed; and cargo's settings for every script.
# Sourced by setup.sh; needs $root and say.sh.
# shellcheck shell=bash
: "${root:?}" "${logs:?}"

export CARGO_TARGET_DIR=$root/target
# The queries are checked against .sqlx; scripts/sql keeps that folder fresh.
export SQLX_OFFLINE=true
if [ -n "${CI:-}" ]; then
  export CARGO_TERM_COLOR=never CARGO_TERM_PROGRESS_WHEN=never NO_COLOR=1
fi

rust::ensure() {
  local needed found
  # A shell opened before rustup ran does not know its folder yet.
  command -v cargo >/dev/null || PATH=$PATH:${CARGO_HOME:-$HOME/.cargo}/bin
  command -v cargo >/dev/null || rust::stop_with_rustup "Rust is missing"
  needed=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' "$root/Cargo.toml")
  if ! found=$(rustc --version 2>"$logs/rustc.log"); then
    tail -n 5 "$logs/rustc.log" >&2
    say::stop "The Rust compiler does not start: run: rustup toolchain install stable --component rustfmt,clippy"
  fi
  found=${found#rustc }
  found=${found%% *}
  [ "$(printf '%s\n' "$needed" "$found" | sort -V | head -n 1)" = "$needed" ] || rust::stop_too_old "$found" "$needed"
}

rust::stop_too_old() {
  if command -v rustup >/dev/null; then
    say::stop "Rust $1 is too old, $2 or newer is needed: run: rustup update stable"
  fi
  rust::stop_with_rustup "Rust $1 is too old, $2 or newer is needed"
}

rust::stop_with_rustup() {
  say::stop "$1: install it with: curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh"
}

# Downloads the crates first, so that a missing network is told as such and not as a broken build.
rust::fetch() {
  local host
  host=$(rustc -vV | sed -n 's/^host: //p')
  if cargo fetch --locked --offline --target "$host" >/dev/null 2>&1; then return; fi
  say::quietly cargo-fetch "Fetching the Rust crates" cargo fetch --locked --target "$host" && return
  if say::blames_network cargo-fetch; then
    say::stop "The Rust crates cannot be downloaded: connect this machine to the network and run this again."
  fi
  say::stop "The Rust crates cannot be fetched: run 'cargo fetch --locked' to see why."
}
