import { describe, expect, it } from 'vitest';

import { isForTarget, packageOf } from '../../../packaging/shipped-files.ts';

const linux = { platform: 'linux', arch: 'x64' } as const;
const mac = { platform: 'darwin', arch: 'arm64' } as const;

describe('files of one system', () => {
  it.each([
    ['node_modules/onnxruntime-node/bin/napi-v6/linux/x64/libonnxruntime.so.1', true, false],
    ['node_modules/onnxruntime-node/bin/napi-v6/linux/arm64/libonnxruntime.so.1', false, false],
    ['node_modules/onnxruntime-node/bin/napi-v6/darwin/arm64/onnxruntime_binding.node', false, true],
    ['node_modules/webgpu/dist/linux-x64/dawn.node', true, false],
    ['node_modules/webgpu/dist/darwin-universal/dawn.node', false, true],
    ['node_modules/better-sqlite3/prebuilds/linux-x64.node', true, false],
    ['node_modules/better-sqlite3/prebuilds/linuxmusl-x64.node', false, false],
    ['node_modules/better-sqlite3/prebuilds/darwin-arm64.node', false, true],
    ['node_modules/@img/sharp-linux-x64/lib/sharp-linux-x64-0.35.5.node', true, false],
    ['node_modules/@img/sharp-libvips-darwin-arm64/lib/libvips-cpp.8.18.7.dylib', false, true],
    ['node_modules/sharp/dist/index.mjs', true, true],
    ['node_modules/@img/colour/index.cjs', true, true],
    ['out/main/cli.js', true, true],
  ])('%s ships to Linux: %s, to macOS: %s', (path, isForLinux, isForMac) => {
    expect(isForTarget(path, linux)).toBe(isForLinux);
    expect(isForTarget(path, mac)).toBe(isForMac);
  });

  it('tells the package of a file', () => {
    expect(packageOf('node_modules/@img/colour/index.cjs')).toBe('@img/colour');
    expect(packageOf('node_modules/zod/index.js')).toBe('zod');
    expect(packageOf('out/main/cli.js')).toBeNull();
  });
});
