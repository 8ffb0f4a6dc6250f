import { once } from 'node:events'
import { createServer } from 'node:http'
import type { TestProject } from 'vitest/node'
import type { LocalKafka } from '../../src/local-kafka/local-kafka.ts'
import { ownKafka } from './local-kafka.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where a test's worker asks for the run's Kafka. */
    readonly kafkaDoor: string
  }
}

/** One Kafka for the whole test run, started when the first test asks for it; answers the stop of it. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  let kafka: Promise<LocalKafka> | undefined
  const door = createServer((_, response) => {
    kafka ??= ownKafka({ nodes: 1 })
    kafka.then(
      ({ bootstrapServers }) => response.end(bootstrapServers),
      error => response.writeHead(500).end(error instanceof Error ? error.message : String(error)),
    )
  })
  door.listen(0, '127.0.0.1')
  await once(door, 'listening')
  const address = door.address()
  if (address === null || typeof address === 'string') throw new Error('the door has no port')
  project.provide('kafkaDoor', `http://127.0.0.1:${address.port}/`)
  return async () => {
    door.close()
    door.closeAllConnections()
    await kafka?.then(
      started => started.close(),
      () => {},
    )
  }
}
