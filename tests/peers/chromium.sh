# What peers that look through Chromium share; sourced by their `run`, which has set
# `kept`, the folder of its own, and `peer`, its name.
# shellcheck shell=bash
driver=playwright-core@1.65.1
axe=axe-core@4.14.1

# Finds Chromium, as `program`, and what drives it; says what is missing, and fails.
has_browser() {
  program=$(browser) || { skip_all "no Chromium, and its package cannot be installed"; return 1; }
  command -v npm >/dev/null || { skip_all "no npm"; return 1; }
  if [ ! -d "$kept/node_modules/axe-core" ] || [ ! -d "$kept/node_modules/playwright-core" ]; then
    npm install --no-audit --no-fund --prefix "$kept" "$driver" "$axe" >"$kept/npm.log" 2>&1 ||
      { skip_all "$driver and $axe cannot be installed, see $kept/npm.log"; return 1; }
  fi
}

# Where Chromium is; installed from Debian's packages where that is allowed.
browser() {
  local name
  for name in chromium chromium-browser google-chrome; do
    command -v "$name" && return
  done
  [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null || return 1
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y chromium; } >"$kept/apt.log" 2>&1 || return 1
  command -v chromium
}

skip_all() {
  echo "skipped: $peer: $1"
  echo "0 passed, 0 failed, 1 skipped"
}
