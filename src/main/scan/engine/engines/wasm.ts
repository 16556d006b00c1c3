import { createRequire } from 'node:module';
import { dirname, sep } from 'node:path';

/**
 * Opens TF.js's WebAssembly backend with the package's own files: no network, no native code. SIMD where the machine has it;
 * TF.js has no threads for it in Node.
 */
export async function openWasm() {
  const tf = await import('@tensorflow/tfjs');
  const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
  const file = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm');
  setWasmPaths(dirname(file) + sep);
  if (!(await tf.setBackend('wasm'))) throw new Error('the WebAssembly backend does not start');
  const hasSimd = await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT');
  return {
    name: 'wasm' as const,
    device: hasSimd ? 'CPU, WebAssembly SIMD' : 'CPU, WebAssembly',
    version: tf.version.tfjs,
    tf,
    dispose: () => tf.disposeVariables(),
  };
}
