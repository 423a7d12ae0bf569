# The Python packages of the tests, in an environment of their own: Debian's Python takes none beside apt's.
# Sourced by setup.sh; needs $root and say.sh.
# shellcheck shell=bash
: "${root:?}" "${logs:?}"

python_home=$root/target/python

# python::packages FOLDER: installs what FOLDER's requirements.txt says, when it says something new, or when the project has
# been moved: its programs know the place they were installed at.
python::packages() {
  local list=$root/$1/requirements.txt stamp=$python_home/.remix-packages hash
  hash=$({ python3 --version && printf '%s\n' "$root" && cat "$list"; } | sha256sum)
  if [ -e "$stamp" ] && [ "$(cat "$stamp")" = "$hash" ]; then return; fi
  if ! say::quietly pip "Installing the Python packages of $1" python::install "$list"; then
    if say::blames_network pip; then
      say::stop "The Python packages cannot be downloaded: connect this machine to the network and run this again."
    fi
    say::stop "The Python packages of $1 cannot be installed: the lines above say why."
  fi
  printf '%s\n' "$hash" >"$stamp"
}

python::install() {
  rm -rf "$python_home"
  python3 -m venv "$python_home" || return
  "$python_home/bin/pip" install --disable-pip-version-check --no-deps --requirement "$1"
}
