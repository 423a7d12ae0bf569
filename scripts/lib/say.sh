# What the scripts say: a line for each step; a step's details go to a log that is shown only when it fails.
# Sourced by setup.sh; needs $root.
# shellcheck shell=bash

logs=${root:?}/target/log

# A step that speaks for itself from here on.
say::step() {
  printf '==> %s\n' "$*"
}

# One sentence on what is missing and what to type; then the end.
say::stop() {
  printf '%s: %s\n' "${0##*/}" "$*" >&2
  exit 1
}

# say::quietly LOG TEXT COMMAND…: runs COMMAND with its output in the log, and tells the seconds it took.
say::quietly() {
  local name=$1 log=$logs/$1.log text=$2 begin=$SECONDS ticker='' status=0
  shift 2
  printf '==> %s … ' "$text"
  if [ -t 1 ] && [ -z "${CI:-}" ]; then
    while sleep 1 && kill -0 $$ 2>/dev/null; do
      printf '\r==> %s … %s s ' "$text" $((SECONDS - begin))
    done 9>&- &
    ticker=$!
  fi
  "$@" >"$log" 2>&1 </dev/null 9>&- || status=$?
  if [ -n "$ticker" ]; then
    kill "$ticker" 2>/dev/null || true
    wait "$ticker" 2>/dev/null || true
    printf '\r==> %s … ' "$text"
  fi
  printf '%s s\n' $((SECONDS - begin))
  if [ "$status" -eq 0 ]; then return; fi
  # A network that is down fills pages; one sentence of the caller says it.
  if say::blames_network "$name"; then
    printf 'This failed; see %s\n' "${log#"$root"/}" >&2
  else
    printf 'This failed; the end of %s says:\n' "${log#"$root"/}" >&2
    tail -n 40 "$log" | sed 's/^/    /' >&2
  fi
  return "$status"
}

# say::loudly TEXT COMMAND…: runs COMMAND with its output shown, and tells how it ended.
say::loudly() {
  local text=$1 begin=$SECONDS status=0
  shift
  say::step "$text"
  "$@" </dev/null 9>&- || status=$?
  if [ "$status" -eq 0 ]; then
    printf '    %s: %s s\n' "$text" $((SECONDS - begin))
  else
    printf '    %s: FAILED after %s s\n' "$text" $((SECONDS - begin)) >&2
  fi
  return "$status"
}

# Whether a log tells of a network that cannot be reached.
say::blames_network() {
  grep -qiE 'could ?n.t resolve|could not resolve|temporary failure|name resolution|getaddrinfo|ENOTFOUND|EAI_AGAIN|ENETUNREACH|ETIMEDOUT|ECONNREFUSED|unable to connect|could not connect|failed to connect|network is unreachable|timed out|timeout was reached|spurious network error' \
    "$logs/$1.log" 2>/dev/null
}
