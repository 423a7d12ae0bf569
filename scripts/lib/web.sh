# The portal's pages and map, built with npm into web/dist, which the program carries inside.
# Sourced by setup.sh; needs $root and say.sh.
# shellcheck shell=bash
: "${root:?}"

web::ensure() {
  local major
  major=$(node --version)
  major=${major#v}
  [ "${major%%.*}" -ge 18 ] ||
    say::stop "Node.js ${major} is too old, 18 or newer is needed: remove it and run this again, and apt's will be taken."
  web::packages web
  web::build
}

# web::packages FOLDER: installs what FOLDER's package-lock.json says, when it says something new.
web::packages() {
  local folder=$root/$1 stamp=$root/$1/node_modules/.remix-packages log=npm-${1//\//-} hash
  hash=$(cat "$folder/package.json" "$folder/package-lock.json" | sha256sum)
  if [ -e "$stamp" ] && [ "$(cat "$stamp")" = "$hash" ]; then return; fi
  if ! say::quietly "$log" "Installing the npm packages of $1" web::npm "$1" ci --include=dev --no-audit --no-fund; then
    if say::blames_network "$log"; then
      say::stop "The npm packages cannot be downloaded: connect this machine to the network and run this again."
    fi
    say::stop "The npm packages of $1 cannot be installed: run 'npm ci' in $1 to see why."
  fi
  mkdir -p "$folder/node_modules"
  printf '%s\n' "$hash" >"$stamp"
}

# Builds when a source changed: a new web/dist makes cargo compile the program anew.
web::build() {
  local stamp=$root/web/node_modules/.remix-built hash
  hash=$(web::sources | sha256sum)
  if [ -d "$root/web/dist" ] && [ -e "$stamp" ] && [ "$(cat "$stamp")" = "$hash" ]; then return; fi
  rm -f "$stamp"
  say::quietly web-build "Building the web pages" web::npm web run build ||
    say::stop "The web pages do not build: run 'npm run build' in web to see why."
  printf '%s\n' "$hash" >"$stamp"
}

# The names and hashes of all that the web build reads.
web::sources() (
  cd "$root" || exit
  find web tiles \( -name node_modules -o -path "web/dist*" \) -prune -o -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum
)

# web::npm FOLDER COMMAND…
web::npm() (
  cd "$root/$1" || exit
  shift
  npm --no-progress --no-update-notifier "$@"
)
