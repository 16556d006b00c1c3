/**
 * The environment of processes that decode pictures and learn. glibc gives each thread a heap of its own, and many threads that each free what another
 * took leave them full of holes: over 5,000 files a reader grew to 530 MB so, and stayed at 300 MB with two heaps (2 cores). And once a block of
 * some size was freed, it keeps such blocks for later; with a limit of its own it gives them back, which took 180 of 697 MB away from twenty
 * products of large matrices. Other systems take no notice of the settings.
 */
export function decoderEnv(): NodeJS.ProcessEnv {
  const { MALLOC_ARENA_MAX = '2', MALLOC_MMAP_THRESHOLD_ = '1000000' } = process.env;
  return { ...process.env, MALLOC_ARENA_MAX, MALLOC_MMAP_THRESHOLD_ };
}
