/** @file The text files of an installed Kindred on Linux. Each is a function of its facts, so that a test can read it. */

/** Where the .deb puts the program. */
export const INSTALL_DIR = '/opt/kindred';

/** Libraries that Electron opens and Debian names. Debian 13 and Ubuntu 24 gave some a new name, `…t64`. */
const DEPENDS = [
  'libc6 (>= 2.28)',
  'libstdc++6',
  'libgtk-3-0 | libgtk-3-0t64',
  'libglib2.0-0 | libglib2.0-0t64',
  'libasound2 | libasound2t64',
  'libatk1.0-0 | libatk1.0-0t64',
  'libatk-bridge2.0-0 | libatk-bridge2.0-0t64',
  'libatspi2.0-0 | libatspi2.0-0t64',
  'libcups2 | libcups2t64',
  'libcairo2',
  'libdbus-1-3',
  'libdrm2',
  'libexpat1',
  'libgbm1',
  'libnspr4',
  'libnss3',
  'libpango-1.0-0',
  'libudev1',
  'libx11-6',
  'libxcb1',
  'libxcomposite1',
  'libxdamage1',
  'libxext6',
  'libxfixes3',
  'libxkbcommon0',
  'libxrandr2',
  'xdg-utils',
];

export interface ControlFacts {
  version: string;
  /** Debian's name: amd64, arm64. */
  architecture: string;
  installedSizeBytes: number;
}

/** The package's description for dpkg. `Installed-Size` counts in KiB. */
export function controlFile({ version, architecture, installedSizeBytes }: ControlFacts): string {
  return [
    'Package: kindred',
    `Version: ${version}`,
    `Architecture: ${architecture}`,
    'Section: graphics',
    'Priority: optional',
    'Maintainer: The Kindred developers <kindred@localhost>',
    `Installed-Size: ${Math.ceil(installedSizeBytes / 1024)}`,
    `Depends: ${DEPENDS.join(', ')}`,
    // With Vulkan's loader a graphics card helps to learn.
    'Recommends: libvulkan1',
    'Description: Photo organiser that learns which photos belong together',
    ' Kindred sorts a folder of photos into groups of what belongs together. It learns',
    ' from those photos alone, without labels, and lets you name, correct and export',
    ' the groups. Nothing leaves the computer, and no original is ever changed.',
    '',
  ].join('\n');
}

/** The menu's entry. A file manager offers it under "Open with" for a folder. */
export function desktopEntry(): string {
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Kindred',
    'GenericName=Photo organiser',
    'Comment=Sort photos into groups that belong together',
    'Comment[de]=Fotos in Gruppen sortieren, die zusammengehören',
    `Exec=${INSTALL_DIR}/kindred %f`,
    'Icon=kindred',
    'Terminal=false',
    'Categories=Graphics;Photography;',
    'Keywords=photo;picture;image;sort;organise;group;',
    'MimeType=inode/directory;',
    'StartupNotify=true',
    'StartupWMClass=kindred',
    '',
  ].join('\n');
}

/** The command `kindred`, with the Node that is beside it. It may be a link to here, in a folder with any name. */
export function commandScript(): string {
  return `#!/bin/sh
program=$(dirname "$(dirname "$(readlink -f "$0")")")
exec "$program/resources/node/bin/node" "$program/resources/app/out/main/cli.js" "$@"
`;
}

/** Lets the window's sandbox make user namespaces, where AppArmor forbids them to programs that it does not know (Ubuntu 24). */
export function appArmorProfile(): string {
  return `abi <abi/4.0>,
include <tunables/global>

profile kindred ${INSTALL_DIR}/kindred flags=(unconfined) {
  userns,

  include if exists <local/kindred>
}
`;
}

/** Takes the AppArmor profile into use, where this system's AppArmor understands it. */
export function postinst(): string {
  return `#!/bin/sh
set -e
profile=${INSTALL_DIR}/resources/apparmor-profile
if [ "$1" = configure ] && [ -d /etc/apparmor.d ] && command -v apparmor_parser >/dev/null &&
  apparmor_parser --skip-kernel-load --skip-cache "$profile" >/dev/null 2>&1; then
  cp "$profile" /etc/apparmor.d/kindred
  # In a chroot or a container the kernel takes no profile; it is loaded at the next start of the system.
  apparmor_parser --replace --write-cache --skip-read-cache /etc/apparmor.d/kindred >/dev/null 2>&1 || true
fi
`;
}

/** Takes the profile away again. What the person made is in their home folder and stays. */
export function postrm(): string {
  return `#!/bin/sh
set -e
if { [ "$1" = remove ] || [ "$1" = purge ]; } && [ -f /etc/apparmor.d/kindred ]; then
  apparmor_parser --remove /etc/apparmor.d/kindred >/dev/null 2>&1 || true
  rm -f /etc/apparmor.d/kindred
fi
`;
}

/** What Debian asks of \`/usr/share/doc/kindred/copyright\`. */
export function copyrightFile(licence: string): string {
  const text = licence
    .trim()
    .split('\n')
    .slice(2)
    .map((line) => (line.trim() === '' ? ' .' : ` ${line}`));
  return `Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: Kindred
Comment: The licences of what Kindred is made of are in ${INSTALL_DIR}/resources/app/resources/notices.txt,
 ${INSTALL_DIR}/LICENSES.chromium.html and ${INSTALL_DIR}/resources/node/LICENSE.

Files: *
Copyright: ${/Copyright (.*)/.exec(licence)?.[1] ?? 'The Kindred developers'}
License: Expat
${text.join('\n')}
`;
}
