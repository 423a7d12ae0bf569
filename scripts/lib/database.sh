# A throw-away PostGIS with the migrations in it, for scripts/sql. It is made without Rust on purpose: the crates that
# can make one (store, testkit) do not compile while a query is new and .sqlx does not know it yet.
# Sourced by scripts/sql; needs $root, say.sh and system-packages.sh.
# shellcheck shell=bash
: "${root:?}"

# database::start: a cluster in the temporary folder, on a Unix socket only, as the program makes its own
# (crates/store/src/cluster); sets and exports DATABASE_URL.
database::start() {
  database_bin=$(system_packages::postgres)
  database_folder=$(mktemp -d /tmp/remix-sql.XXXXXX)
  trap database::stop EXIT
  database_as=()
  # PostgreSQL refuses to run as root.
  if [ "$(id -u)" = 0 ]; then
    local user=postgres
    id "$user" >/dev/null 2>&1 || user=nobody
    chown "$user:" "$database_folder"
    database_as=(runuser -u "$user" --)
  fi
  export DATABASE_URL="postgres:///remix?host=$database_folder&user=remix"
  say::quietly sql-database "Making a database with the migrations" database::make ||
    say::stop "The migrations do not run: the lines above say which."
}

database::make() (
  cd "$database_folder" || return
  "${database_as[@]}" "$database_bin/initdb" --pgdata=data --username=remix --auth=trust --encoding=UTF8 --locale=C.UTF-8 \
    --no-sync || return
  "${database_as[@]}" "$database_bin/pg_ctl" --pgdata=data --log=log --wait start \
    --options="-c listen_addresses='' -c unix_socket_directories='$database_folder' -c fsync=off" || return
  "$database_bin/createdb" --host="$database_folder" --username=remix remix || return
  "$database_bin/psql" --no-psqlrc --quiet --command='create extension postgis' --dbname="$DATABASE_URL" || return
  local file
  for file in "$root"/migrations/*.sql; do
    case $file in *.down.sql | */'*.sql') continue ;; esac
    printf '%s\n' "${file#"$root"/}"
    "$database_bin/psql" --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --single-transaction --file="$file" \
      --dbname="$DATABASE_URL" || return
  done
)

database::stop() {
  cd "$root" || exit
  "${database_as[@]}" "$database_bin/pg_ctl" --pgdata="$database_folder/data" --mode=immediate stop >/dev/null 2>&1 || true
  rm -rf "$database_folder"
}
