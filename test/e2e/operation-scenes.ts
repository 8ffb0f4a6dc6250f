import type { LocalKafka } from '../../src/local-kafka/local-kafka.ts'
import type { TestApp } from '../support/app.ts'
import { commitOffsets, freshGroupId } from '../support/groups.ts'

/** What must be there for an operation of `schema/operations` to have something to show with its example variables. */
export interface Scene {
  /** Runs before the operation. */
  readonly before?: (app: TestApp) => Promise<void>
  /** Makes what a subscription waits for happen, once it is open; called again until an event has come. */
  readonly meanwhile?: (app: TestApp, kafka: LocalKafka) => Promise<void>
  /** The test that runs the operation, when one broker has nothing to show for it. */
  readonly elsewhere?: string
}

/** The operations run in this order; those that are not listed follow, and those that delete topics come last. */
export const FIRST: readonly string[] = ['create-topics', 'create-partitions', 'produce']

/** `my-group`, without members, which has read nothing of `ishwar-topic` yet. */
const aGroup: Scene = { before: app => commitOffsets(app.kafka, 'my-group', { 'ishwar-topic': [0n, 0n] }) }

/** It needs a schema registry. */
const withRegistry: Scene = { elsewhere: 'test/e2e/registry-operations.test.ts' }

/** Scenes by the operation's file name without its ending. The Kafka has `ishwar-topic` with 2 partitions. */
export const scenes: Readonly<Record<string, Scene>> = {
  'check-compatibility': withRegistry,
  'produce-by-schema': withRegistry,
  'read-decoded': withRegistry,
  'register-schema': withRegistry,
  'schema-registry': withRegistry,
  'groups-lag': aGroup,
  'delete-groups': aGroup,
  'describe-group': aGroup,
  'reset-group-offsets': aGroup,
  'live-lag': aGroup,
  'live-groups': { meanwhile: app => commitOffsets(app.kafka, freshGroupId(), { 'ishwar-topic': [0n] }) },
  'live-topics': {
    meanwhile: async app => {
      await app.freshTopic()
    },
  },
  'live-brokers': { elsewhere: 'test/faults/live-metadata.test.ts' },
  // The only broker goes and comes back: its partitions lose their leader and get it again, two elections later.
  'live-metadata': {
    meanwhile: async (_, kafka) => {
      await kafka.stopNode(1)
      await kafka.startNode(1)
    },
  },
}
