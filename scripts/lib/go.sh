# Protomaps' program, which judges pyramids: built where there is a Go that can; its test says when it is left out.
# Sourced by setup.sh; needs $root and say.sh.
# shellcheck shell=bash
: "${root:?}"

pmtiles_version=v1.31.2

go::pmtiles() {
  [ ! -x "$root/target/go/go-pmtiles" ] || return 0
  local version
  version=$(go env GOVERSION 2>/dev/null) || return 0
  # The version says go1.26.8: from 1.25 on its modules can be built.
  case $version in go1.2[5-9]* | go1.[3-9]*) ;; *) return 0 ;; esac
  say::quietly go "Building the program that verifies PMTiles" \
    env GOBIN="$root/target/go" go install "github.com/protomaps/go-pmtiles@$pmtiles_version" ||
    say::step "It could not be built: its test is left out"
}
