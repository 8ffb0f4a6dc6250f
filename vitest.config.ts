import { defineConfig } from 'vitest/config'

export default defineConfig({
  // Vite would take graphql's `module` entry where Node, and with it Yoga and graphql-ws, takes `main`: two copies, whose types differ.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/global-kafka.ts'],
    testTimeout: 60_000,
    hookTimeout: 180_000,
    maxWorkers: 2,
  },
})
