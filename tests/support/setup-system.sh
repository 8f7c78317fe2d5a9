#!/usr/bin/env bash
# What the tests need beside Python. Every missing part is named; the tests that need it are skipped (never in CI).
set -euo pipefail
packages=()
[ -x /usr/bin/chromium ] || packages+=(chromium)
compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || packages+=(postgresql)
command -v redis-server >/dev/null || packages+=(redis-server)
command -v pdftoppm >/dev/null || packages+=(poppler-utils)
command -v soffice >/dev/null || packages+=(libreoffice-writer-nogui libreoffice-calc-nogui)
windowless=chromium-headless-shell # cheaper to walk in; not every system has it
[ -x "/usr/bin/$windowless" ] && windowless=""
if [ ${#packages[@]} -eq 0 ] && [ -z "$windowless" ]; then
  exit 0
fi
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
  [ ${#packages[@]} -eq 0 ] || echo "missing for the tests: ${packages[*]} (install them with the system's package manager)"
  exit 0
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
[ ${#packages[@]} -eq 0 ] || apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
[ -z "$windowless" ] || apt-get install -y -qq --no-install-recommends "$windowless" >/dev/null ||
  echo "no $windowless here: journeys walk in Chromium itself"
