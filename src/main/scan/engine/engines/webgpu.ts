interface AdapterInfo {
  vendor: string;
  architecture: string;
  device: string;
  description: string;
  isFallbackAdapter?: boolean;
}

/** Drivers that compute on the CPU: right results at a hundredth of the speed of WebAssembly. */
const softwareDrivers = /swiftshader|llvmpipe|lavapipe|softpipe|basic render/i;

/**
 * Opens TF.js's WebGPU backend over Dawn, on any GPU with a Vulkan, Metal or Direct3D driver.
 *
 * A driver that computes on the CPU counts as absent, unless KINDRED_SOFTWARE_GPU is set (tests of correctness).
 *
 * @throws {Error} If Dawn is not installed or there is no GPU.
 */
export async function openWebgpu() {
  const { create, globals } = await import('webgpu');
  Object.assign(globalThis, globals);
  const gpu = create([]);
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) throw new Error('no GPU with a working driver');
  const info = adapter.info as AdapterInfo;
  const device = [info.vendor, info.architecture, info.device, info.description].filter(Boolean).join(' ');
  if (softwareDrivers.test(device) && !process.env.KINDRED_SOFTWARE_GPU)
    throw new Error(`only a software GPU (${device})`);

  // The backend registers itself when loaded, if `navigator.gpu` is there by then.
  const holder = globalThis as { navigator?: object };
  if (!holder.navigator) Object.defineProperty(globalThis, 'navigator', { value: {}, configurable: true });
  Object.defineProperty(holder.navigator, 'gpu', { value: gpu, configurable: true });
  const tf = await import('@tensorflow/tfjs');
  await import('@tensorflow/tfjs-backend-webgpu');
  if (!(await tf.setBackend('webgpu'))) throw new Error('the WebGPU backend does not start');
  return {
    name: 'webgpu' as const,
    device: `GPU, ${device}`,
    version: tf.version.tfjs,
    tf,
    dispose: () => tf.disposeVariables(),
  };
}
