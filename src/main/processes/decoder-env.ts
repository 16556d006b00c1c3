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

/**
 * How V8 keeps its heap in the process that learns. A young generation of 4 MB, where tens are usual: it is full of small things that are soon
 * forgotten, never shrinks, and what is in it keeps large arrays from being let go; while 50,000 photos are clustered the heap went from 197
 * to 73 MB so, at no cost in time. And arrays that nobody holds are freed at once, not by a thread in the background that
 * gets no turn on a busy machine: there the peak was 1,126 MB instead of 930.
 */
export const LEARNING_FLAGS: readonly string[] = ['--max-semi-space-size=4', '--no-concurrent-array-buffer-sweeping'];
