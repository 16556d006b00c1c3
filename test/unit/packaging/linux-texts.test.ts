import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { appManifest } from '../../../packaging/resources-folder.ts';
import {
  appArmorProfile,
  commandScript,
  controlFile,
  copyrightFile,
  desktopEntry,
  postinst,
  postrm,
} from '../../../packaging/linux-texts.ts';

describe('the package for Debian', () => {
  it('describes itself in fields that dpkg reads', () => {
    const control = controlFile({ version: '1.2.3', architecture: 'amd64', installedSizeBytes: 2049 });
    const fields = new Map(
      control
        .split('\n')
        .filter((line) => /^\S+: /.test(line))
        .map((line) => line.split(/: (.*)/).slice(0, 2) as [string, string]),
    );
    expect(fields.get('Package')).toBe('kindred');
    expect(fields.get('Version')).toBe('1.2.3');
    expect(fields.get('Architecture')).toBe('amd64');
    expect(fields.get('Installed-Size')).toBe('3');
    expect(fields.get('Depends')!.split(', ')).toContain('libgtk-3-0 | libgtk-3-0t64');
    expect(control.endsWith('\n')).toBe(true);
  });

  it('has a menu entry that file managers offer for folders', () => {
    const lines = desktopEntry().split('\n');
    expect(lines[0]).toBe('[Desktop Entry]');
    expect(lines).toContain('MimeType=inode/directory;');
    expect(lines).toContain('Exec=/opt/kindred/kindred %f');
    expect(lines).toContain('Icon=kindred');
  });

  it('allows user namespaces to its own program alone', () => {
    const profile = appArmorProfile();
    expect(profile).toContain('profile kindred /opt/kindred/kindred flags=(unconfined) {');
    expect(profile).toContain('userns,');
  });

  it('takes away in postrm what postinst made', () => {
    const made = /cp "\$profile" (\S+)/.exec(postinst())![1]!;
    expect(postrm()).toContain(`rm -f ${made}`);
    expect(postinst()).toMatch(/^#!\/bin\/sh\nset -e\n/);
    expect(postrm()).toMatch(/^#!\/bin\/sh\nset -e\n/);
  });

  it('starts the command with the Node beside it, from a folder with any name', () => {
    const script = commandScript();
    expect(script).toContain('exec "$program/resources/node/bin/node" "$program/resources/app/out/main/cli.js" "$@"');
  });

  it('names its licence in the form that Debian asks for', () => {
    const copyright = copyrightFile(readFileSync('LICENSE', 'utf8'));
    expect(copyright).toMatch(
      /^Format: https:\/\/www\.debian\.org\/doc\/packaging-manuals\/copyright-format\/1\.0\/\n/,
    );
    const [, text] = copyright.split('License: Expat\n');
    expect(
      text!
        .trimEnd()
        .split('\n')
        .filter((line) => !line.startsWith(' ')),
    ).toEqual([]);
  });
});

it('ships a manifest without scripts and dependencies', () => {
  const manifest = JSON.parse(appManifest(readFileSync('package.json', 'utf8'))) as Record<string, unknown>;
  expect(Object.keys(manifest).sort()).toEqual([
    'description',
    'license',
    'main',
    'name',
    'private',
    'type',
    'version',
  ]);
  expect(manifest.type).toBe('module');
});
