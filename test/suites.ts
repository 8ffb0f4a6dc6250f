/** The suites of the tests. Every test file belongs to exactly one of them: `short` takes what the others do not name. */
export type SuiteName = 'short' | 'long' | 'node'

/** Suites that take minutes: faults, a Kafka or a program that is stopped and started again, three nodes, browsers. */
const LONG: readonly string[] = [
  // Brokers are killed, paused and cut off.
  'test/faults/**/*.test.ts',
  'test/e2e/far-kafka.test.ts',
  'test/e2e/legacy-log.test.ts',
  'test/e2e/replicas.test.ts',
  'test/e2e/transactions.test.ts',
  'test/e2e/resume-while-away.test.ts',
  'test/e2e/unreachable-listener.test.ts',
  'test/e2e/lost-authorization.test.ts',
  'test/outside/kafka-down.test.ts',
  'test/outside/kafka-stops.test.ts',
  'test/outside/leader-dies-lesson.test.ts',
  // The local Kafka's own starts, ends and returns.
  'test/local-kafka/one-node.test.ts',
  'test/local-kafka/owner-dies.test.ts',
  'test/local-kafka/restart.test.ts',
  'test/local-kafka/three-nodes.test.ts',
  'test/outside/local-kafka-returns.test.ts',
  // The local schema registry's own starts, ends and returns.
  'test/local-registry/local-registry.test.ts',
  // The program's life, seen from outside.
  'test/cli.test.ts',
  'test/e2e/npm-start.test.ts',
  'test/outside/cli-lifecycle.test.ts',
  'test/outside/cli-settings.test.ts',
  'test/outside/dev.test.ts',
  'test/outside/file-handles.test.ts',
  // A browser.
  'test/e2e/event-source.test.ts',
  'test/e2e/graphiql.test.ts',
  'test/server/assets/graphiql.test.ts',
  // Dozens of runs of Kafka's own tools, each a Java process.
  'test/e2e/configs.test.ts',
  'test/e2e/group-with-members.test.ts',
  'test/kafkajs/admin/groups/kafka-tools.test.ts',
  'test/payloads/kafka-internal/kafka-tools.test.ts',
  'test/kafkajs/write/transactions/transactions.test.ts',
]

/** The life of the program on other versions of Node, which are downloaded. */
const NODE: readonly string[] = ['test/node/**/*.test.ts']

/** Patterns of the files that a suite has, and of those that it leaves to the others. */
export interface Suite {
  readonly include: readonly string[]
  readonly exclude: readonly string[]
}

/** The suites by name, for vitest's projects. */
export const SUITES: Readonly<Record<SuiteName, Suite>> = {
  short: { include: ['test/**/*.test.ts'], exclude: [...LONG, ...NODE] },
  long: { include: LONG, exclude: [] },
  node: { include: NODE, exclude: [] },
}
