# The system packages that the build, the program and the tests need. Each is looked for by what it gives (a command,
# a library), so that one that came from elsewhere counts; what is missing is installed with apt.
# Sourced by setup.sh; needs $root and say.sh.
# shellcheck shell=bash
: "${root:?}" "${logs:?}"

# system_packages::ensure run|test|sql
system_packages::ensure() {
  local missing=()
  system_packages::find_missing "$1"
  [ "${#missing[@]}" -gt 0 ] || return 0
  command -v apt-get >/dev/null || system_packages::stop_without_apt
  system_packages::name_postgis
  system_packages::may_install || system_packages::stop_without_rights
  system_packages::install
  missing=()
  system_packages::find_missing "$1"
  [ "${#missing[@]}" -eq 0 ] ||
    say::stop "apt installed what was asked for, but ${missing[*]} cannot be found: see ${logs#"$root"/}/apt-install.log"
}

# Fills the caller's array `missing` with Debian's package names.
system_packages::find_missing() {
  command -v cc >/dev/null || missing+=(build-essential)
  command -v pkg-config >/dev/null || missing+=(pkg-config)
  pkg-config --exists gdal 2>/dev/null || missing+=(libgdal-dev)
  # With a database of one's own, the program needs no PostgreSQL here; tests and scripts/sql always make their own.
  if [ "$1" != run ] || [ -z "${DATABASE_URL:-}" ]; then
    [ -n "$(system_packages::postgres)" ] || missing+=(postgresql-postgis)
  fi
  [ "$1" != sql ] || return 0
  command -v node >/dev/null || missing+=(nodejs)
  command -v npm >/dev/null || missing+=(npm)
  [ "$1" = test ] || return 0
  command -v ogr2ogr >/dev/null || missing+=(gdal-bin)
  command -v psql >/dev/null || missing+=(postgresql-client)
  [ -n "$(find -L /usr/share/fonts -name LiberationSans-Regular.ttf -print -quit 2>/dev/null)" ] ||
    missing+=(fonts-liberation)
  python3 -c 'import ensurepip, venv' 2>/dev/null || missing+=(python3-venv)
  [ -n "${without_browser:-}" ] || [ -n "$(system_packages::browser)" ] || missing+=(chromium)
  [ -n "${without_qgis:-}" ] || system_packages::qgis || missing+=(python3-qgis)
}

# The programs of the newest PostgreSQL server here that has PostGIS: their folder, or nothing. The program itself looks
# in the same places (crates/store/src/cluster/binaries.rs).
system_packages::postgres() {
  local bin share
  while IFS= read -r bin; do
    [ -x "$bin/initdb" ] || continue
    share=$("$bin/pg_config" --sharedir 2>/dev/null) || share=/usr/share/postgresql/$(basename "$(dirname "$bin")")
    if [ -e "$share/extension/postgis.control" ]; then
      printf '%s\n' "$bin"
      return
    fi
  done < <(
    printf '%s\n' "${REMIX_PG_BIN:-}"
    printf '%s\n' /usr/lib/postgresql/*/bin /usr/pgsql-*/bin | sort -Vr
    pg_config --bindir 2>/dev/null
  )
}

# A Chromium that really starts (Ubuntu's package only points to a snap): its name, or nothing.
system_packages::browser() {
  local name
  for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome-stable google-chrome; do
    if [ -n "$name" ] && command -v "$name" >/dev/null && "$name" --version >/dev/null 2>&1; then
      command -v "$name"
      return
    fi
  done
}

# Whether the system's own Python has QGIS: a Python from elsewhere cannot see it.
system_packages::qgis() {
  /usr/bin/python3 -c 'import qgis.core' 2>/dev/null
}

system_packages::may_install() {
  [ "$(id -u)" != 0 ] || return 0
  command -v sudo >/dev/null || return 1
  sudo -n true 2>/dev/null || { [ -t 0 ] && sudo -v; }
}

# system_packages::as_root COMMAND…
system_packages::as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# Waits for another apt, never asks, and speaks English so that the logs can be read below.
system_packages::apt_get() {
  system_packages::as_root env LC_ALL=C DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1 \
    apt-get -q -y -o DPkg::Lock::Timeout=600 -o Dpkg::Use-Pty=0 "$@"
}

# Installs the caller's `missing`.
system_packages::install() {
  local package
  say::quietly apt-update "Reading apt's package lists" system_packages::update || true
  system_packages::name_postgis
  for package in "${missing[@]}"; do
    system_packages::is_known "$package" || system_packages::stop_unknown "$package"
  done
  say::quietly apt-install "Installing with apt: ${missing[*]}" system_packages::install_missing && return
  if say::blames_network apt-install; then
    say::stop "apt cannot download: connect this machine to the network and run this again."
  fi
  say::stop "apt could not install what is missing: the lines above say why; by hand it is $(system_packages::by_hand)."
}

# apt waits for its own install lock, but not for the one on its lists (a machine that has just started holds it).
system_packages::update() {
  local try
  for try in 1 2 3 4 5 6 7 8 9 10 11 12; do
    system_packages::apt_get update && return
    grep -q 'Could not get lock' "$logs/apt-update.log" || return 1
    printf 'try %s: another apt is reading the lists\n' "$try"
    sleep 5
  done
  return 1
}

# The program runs a cluster of its own: Debian's must not be made and started beside it.
system_packages::install_missing() {
  local folder=/etc/postgresql-common/createcluster.d status=0
  if printf '%s\n' "${missing[@]}" | grep -q '^postgresql-.*postgis'; then
    system_packages::as_root mkdir -p "$folder"
    printf 'create_main_cluster = false\n' | system_packages::as_root tee "$folder/remix.conf"
  fi
  system_packages::apt_get install --no-install-recommends "${missing[@]}" || status=$?
  system_packages::as_root rm -f "$folder/remix.conf"
  return "$status"
}

# Puts the name of the PostGIS package in the place of Debian's general one.
system_packages::name_postgis() {
  local index
  for index in "${!missing[@]}"; do
    case ${missing[$index]} in postgresql-*postgis*) missing[index]=$(system_packages::postgis_package) ;; esac
  done
}

# PostGIS for the server that is already here, else the newest that apt knows.
system_packages::postgis_package() {
  local known server
  known=$(apt-cache search --names-only '^postgresql-[0-9]+-postgis-3$' | cut -d ' ' -f 1 | sort -Vr)
  for server in $(printf '%s\n' /usr/lib/postgresql/*/bin/initdb | sort -Vr | cut -d / -f 5); do
    if printf '%s\n' "$known" | grep -x "postgresql-$server-postgis-3"; then return; fi
  done
  if [ -n "$known" ]; then printf '%s\n' "$known" | head -n 1; else printf 'postgresql-postgis\n'; fi
}

# Ubuntu's chromium is only a pointer to a snap, with that word in its version.
system_packages::is_known() {
  LC_ALL=C apt-cache policy "$1" 2>/dev/null | grep 'Candidate:' | grep -qvE '\(none\)|snap'
}

system_packages::by_hand() {
  printf "'sudo apt-get update && sudo apt-get install --no-install-recommends %s'" "${missing[*]}"
}

system_packages::stop_unknown() {
  if say::blames_network apt-update; then
    say::stop "apt cannot reach its servers: connect this machine to the network and run this again."
  fi
  if [ "$1" = chromium ]; then
    say::stop "The browser tests need Chromium, which apt does not have here: run 'sudo snap install chromium' or install" \
      "Google Chrome and run this again, or leave those tests out with: scripts/test --without-browser"
  fi
  if grep -qx 'ID=ubuntu' /etc/os-release; then
    say::stop "apt does not know $1: run 'sudo add-apt-repository universe' and then this again."
  fi
  say::stop "apt does not know $1: REMIX is made for Debian 12 and Ubuntu 24.04 or newer."
}

system_packages::stop_without_rights() {
  say::stop "Some system packages are missing and installing them needs root: ask for $(system_packages::by_hand)," \
    "or run this as root or as a user of sudo."
}

system_packages::stop_without_apt() {
  if command -v dnf >/dev/null; then
    say::stop "This system has no apt, and what Debian calls ${missing[*]} is missing: run 'sudo dnf install gcc" \
      "pkgconf-pkg-config gdal-devel gdal postgresql-server postgresql postgis nodejs npm python3 python3-qgis chromium" \
      "liberation-sans-fonts'" \
      "and then this again."
  fi
  say::stop "This system has no apt: install what Debian calls ${missing[*]} in this system's own way and run this again."
}
