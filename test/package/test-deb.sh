#!/usr/bin/env bash
# Installs dist/kindred_*.deb in a fresh Debian 12, uses it there as a user who is not root, and removes it again.
#
#   npm run package -- --fast --electron-dist .cache/electron-22 && sudo test/package/test-deb.sh PHOTOS
#
# PHOTOS: a folder with photos; 200 of them are used. Needs root, debootstrap and a Debian mirror. With an Electron older than the pinned one
# the test adds what that lacks to the installed program (old-electron-files.ts). The Debian is kept in .cache/debian and used again.
set -euo pipefail
cd "$(dirname "$0")/../.."
photos=$(readlink -f "${1:?name a folder with photos}")
node=node_modules/.bin/node
base=.cache/debian/base
work=.cache/debian/work

if [ ! -e "$base/ready" ]; then
  rm -rf "$base" && mkdir -p "$base"
  debootstrap --variant=minbase --include=ca-certificates bookworm "$base" http://deb.debian.org/debian >"$base.log"
  touch "$base/ready"
fi
rm -rf "$work" && cp -a "$base" "$work"
cp /etc/resolv.conf "$work/etc/"
# Its own mounts, which end with this script.
inside() { timeout 900 unshare --mount --pid --fork --kill-child bash -c '
  set -e
  mount --rbind "$1" /mnt && cd /mnt && mkdir -p .old
  mount --rbind /dev dev && mount --rbind /sys sys
  # A chroot may make no user namespaces, so this becomes the root of the mounts.
  pivot_root . .old && cd /
  mount -t proc proc /proc && mount -t tmpfs -o mode=1777 tmpfs /dev/shm && mount -t tmpfs -o mode=1777 tmpfs /tmp
  umount -l /.old
  shift; exec "$@"' inside "$work" "$@"; }
apt() { inside env DEBIAN_FRONTEND=noninteractive apt-get -y -qq "$@" >/dev/null 2>&1; }
files() { (cd "$work" && find opt etc usr/bin usr/share/applications usr/share/icons usr/share/doc | grep -i kindred | sort) || true; }

apt update
cp dist/kindred_*.deb "$work/root/"
inside bash -c 'DEBIAN_FRONTEND=noninteractive apt-get install -y -q /root/kindred_*.deb >/root/install.log'
inside dpkg -V kindred
inside bash -c 'set -e; cd /opt/kindred
  for file in kindred resources/node/bin/node $(find . -name "*.node" -o -name "*.so*"); do
    if ldd "$file" 2>/dev/null | grep "not found"; then echo "$file lacks a library" >&2; exit 1; fi
  done'
echo "installed: $(inside kindred --version)"

apt install --no-install-recommends xvfb libglib2.0-bin dbus
inside adduser --disabled-password --gecos '' anna >/dev/null
mkdir "$work/home/anna/My Photos"
find "$photos" -type f \( -iname '*.jpg' -o -iname '*.jpeg' -o -iname '*.png' \) | sort | awk '{ all[NR] = $0 } END { for (i = 0; i < 200; i++) print all[1 + int(i * NR / 200)] }' |
  while read -r file; do install -m 644 "$file" "$work/home/anna/My Photos/$(basename "$(dirname "$file")") $(basename "$file")"; done
(cd "$work/home/anna/My Photos" && sha256sum -- *) >"$work.before"
cp test/package/drive-installed.mjs "$work/home/anna/"
inside chown -R anna:anna /home/anna
added=$(mktemp -d)
"$node" test/package/old-electron-files.ts "$added"
cp "$work/opt/kindred/resources/app/package.json" "$added.manifest"
cp "$added"/* "$work/opt/kindred/resources/app/"

inside su anna -c 'cd; export DISPLAY=:7 KINDRED_TEST_PHOTOS="$HOME/My Photos" KINDRED_TEST_EXPORT="$HOME/Sorted photos"
  Xvfb :7 -screen 0 1280x800x24 >/dev/null 2>&1 & until [ -S /tmp/.X11-unix/X7 ]; do sleep 0.2; done
  dbus-run-session -- /opt/kindred/resources/node/bin/node drive-installed.mjs'
(cd "$work/home/anna/My Photos" && sha256sum -- *) | diff - "$work.before"
if find "$work/home/anna/.cache" 2>/dev/null | grep -i onnxruntime; then echo "a record of use was kept" >&2; exit 1; fi

for name in "$added"/*; do rm "$work/opt/kindred/resources/app/$(basename "$name")"; done
cp "$added.manifest" "$work/opt/kindred/resources/app/package.json"
inside dpkg -V kindred
apt remove kindred
left=$(files)
[ -z "$left" ] || { echo "left behind: $left" >&2; exit 1; }
[ -d "$work/home/anna/Sorted photos" ] && [ -d "$work/home/anna/.local/share/kindred" ]
echo "removed: nothing left but the person's data"
