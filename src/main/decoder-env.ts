/**
 * The environment of processes that decode pictures. glibc gives each thread a heap of its own, and many threads that each free what another
 * took leave them full of holes: over 5,000 files a reader grew to 530 MB so, and stayed at 300 MB with two heaps (2 cores). Other systems
 * take no notice of the setting.
 */
export function decoderEnv(): NodeJS.ProcessEnv {
  return { ...process.env, MALLOC_ARENA_MAX: process.env.MALLOC_ARENA_MAX ?? '2' };
}
