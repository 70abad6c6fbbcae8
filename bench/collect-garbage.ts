/** Preloaded into a server whose memory is measured (with `--expose-gc`): SIGUSR2 collects its garbage. */
process.on('SIGUSR2', () => {
  globalThis.gc?.();
  globalThis.gc?.();
});
