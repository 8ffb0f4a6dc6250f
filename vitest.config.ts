import { defineConfig } from 'vitest/config'
import { SUITES } from './test/suites.ts'

export default defineConfig({
  // Vite would take graphql's `module` entry where Node, and with it Yoga and graphql-ws, takes `main`: two copies, whose types differ.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    maxWorkers: 2,
    projects: Object.entries(SUITES).map(([name, { include, exclude }]) => ({
      extends: true,
      test: {
        name,
        include: [...include],
        exclude: [...exclude],
        globalSetup: ['test/support/global-kafka.ts'],
        testTimeout: 60_000,
        hookTimeout: 180_000,
      },
    })),
  },
})
