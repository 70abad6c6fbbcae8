import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/longest-first.ts';

export default defineConfig({
  resolve: {
    // As Node resolves it: the runner would take its ES build for our code and leave the other to the libraries, and
    // two copies do not know each other's schemas.
    alias: [{ find: /^graphql$/, replacement: fileURLToPath(import.meta.resolve('graphql')) }],
  },
  test: {
    include: ['test/**/*.test.ts'],
    // Many files wait for processes, databases and browsers more than they compute.
    maxWorkers: 2 * availableParallelism(),
    sequence: { sequencer: LongestFirst },
    // A worker reads the sources once, not once a file. Files share no state but that of the modules, which have none.
    isolate: false,
    // The processes that tests start compile the sources once, not once a process.
    env: { NODE_COMPILE_CACHE: fileURLToPath(new URL('node_modules/.cache/compiled', import.meta.url)) },
    // Real databases, browsers and processes share the machine with each other.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
