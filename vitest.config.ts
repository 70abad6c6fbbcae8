import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: {
    // As Node resolves it: the runner would take its ES build for our code and leave the other to the libraries, and
    // two copies do not know each other's schemas.
    alias: [{ find: /^graphql$/, replacement: fileURLToPath(import.meta.resolve('graphql')) }],
  },
  test: {
    include: ['test/**/*.test.ts'],
    // Real databases, browsers and processes share the machine with each other.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
