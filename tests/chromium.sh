#!/bin/sh
# Installs Debian's chromium, a CJK font and the libGL that OpenCV wants where they are missing and can be; the tests that need
# them say so where they cannot.
command -v chromium >/dev/null 2>&1 && fc-list 2>/dev/null | grep -qi "noto.*cjk" && ldconfig -p 2>/dev/null | grep -q "libGL.so.1" && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  export DEBIAN_FRONTEND=noninteractive
  (apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk fontconfig libgl1 libglib2.0-0) >/dev/null 2>&1 \
    || echo "chromium could not be installed; the browser tests will be skipped and say so"
else
  echo "chromium is not installed; the browser tests will be skipped and say so"
fi
exit 0
