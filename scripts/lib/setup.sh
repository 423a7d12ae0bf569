# Everything a fresh machine needs before the first cargo command, in the order in which it is cheapest to fail.
# Sourced by the scripts; needs $root.
# shellcheck shell=bash
: "${root:?}"

# shellcheck source=scripts/lib/say.sh
. "$root/scripts/lib/say.sh"
# shellcheck source=scripts/lib/rust.sh
. "$root/scripts/lib/rust.sh"
# shellcheck source=scripts/lib/system-packages.sh
. "$root/scripts/lib/system-packages.sh"
# shellcheck source=scripts/lib/web.sh
. "$root/scripts/lib/web.sh"
# shellcheck source=scripts/lib/python.sh
. "$root/scripts/lib/python.sh"
# shellcheck source=scripts/lib/go.sh
. "$root/scripts/lib/go.sh"

# setup::ready run|test|sql: when it returns, cargo can build and the named command has what it needs.
setup::ready() {
  [ "$(uname -s)" = Linux ] ||
    say::stop "REMIX runs on Linux: use Debian 12 or Ubuntu 24.04, for instance in a virtual machine or a container."
  cd "$root" || exit
  if ! mkdir -p "$logs" 2>/dev/null || ! [ -w "$logs" ]; then
    say::stop "$(id -un) may not write in $root: run this as its owner, or make it yours with:" \
      "sudo chown -R $(id -un) '$root'"
  fi
  setup::lock
  rust::ensure
  system_packages::ensure "$1"
  if [ "$1" != sql ]; then web::ensure; fi
  if [ "$1" = test ]; then
    web::packages tests/browser
    web::packages tests/interoperability
    python::packages tests/interoperability
    go::pmtiles
  fi
  rust::fetch
  setup::unlock
}

# Two scripts that start together in the same folder take turns here; cargo has its own lock for the builds.
setup::lock() {
  exec 9>"$root/target/.setup.lock"
  if ! flock -n 9; then
    say::step "Waiting for another script that is setting this folder up"
    flock 9
  fi
}

setup::unlock() {
  exec 9>&-
}
