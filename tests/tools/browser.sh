#!/bin/sh
# Puts in place what the tests need and no language's package index has: a Chromium, a Java (for the HTML checker), and two
# small programs that serve a site and put load on it; tests that need these two skip without them, and say so.
# Debian's headless shell opens a page in a third of the time that the browser needs, which will do where it is not to be had.
# Installs them on Debian when run as root; elsewhere it says what is missing and the tests that need it fail.
set -eu

wanted=""
have_browser() {
  [ -n "${CHROME_PATH:-}" ] || command -v chromium || command -v google-chrome || command -v chromium-browser ||
    [ -x "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" ]
}
# macOS ships a `java` that only says where to get one, so it is asked for its version.
can_install() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; }
if can_install && ! command -v chromium-headless-shell >/dev/null; then
  apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium-headless-shell >/dev/null ||
    echo "chromium-headless-shell is not to be had here: the tests take longer." >&2
fi
if can_install && ! { command -v nginx && command -v wrk; } >/dev/null; then
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends nginx-light wrk \
    >/dev/null 2>&1 || echo "nginx and wrk are not to be had here: the tests of a server under load will skip." >&2
fi
command -v chromium-headless-shell >/dev/null || have_browser >/dev/null || wanted="chromium"
java -version >/dev/null 2>&1 || wanted="$wanted default-jre-headless"
[ -n "$wanted" ] || exit 0

if can_install; then
  echo "Installing $wanted"
  apt-get update -qq
  # $wanted is a list of words on purpose
  # shellcheck disable=SC2086
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $wanted >/dev/null
else
  echo "The tests also need: $wanted. On Debian: sudo apt-get install $wanted" >&2
  echo "Elsewhere: install Chrome or Chromium (or set CHROME_PATH to one) and Java 17 or newer." >&2
fi
