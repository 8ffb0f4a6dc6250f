import { once } from 'node:events'
import { createServer } from 'node:http'
import type { TestProject } from 'vitest/node'
import type { LocalKafka } from '../../src/local-kafka/local-kafka.ts'
import { OLDEST_KAFKA, ownKafka } from './local-kafka.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The port where a test's worker requests the run's Kafka. */
    readonly kafkaDoor: string
  }
}

/** The shared Kafkas, by their path at this port. */
const KINDS: Readonly<Record<string, Parameters<typeof ownKafka>[0]>> = {
  '/newest': { nodes: 1 },
  '/oldest': { nodes: 1, version: OLDEST_KAFKA },
}

/**
 * One Kafka of each kind for the whole test run, started when the first test requests it. Returns a function that stops
 * them.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const kafkas = new Map<string, Promise<LocalKafka>>()
  const door = createServer(({ url = '' }, response) => {
    const kafka = kafkas.get(url) ?? ownKafka(KINDS[url] ?? { nodes: 1 })
    kafkas.set(url, kafka)
    kafka.then(
      ({ bootstrapServers }) => response.end(bootstrapServers),
      error => response.writeHead(500).end(error instanceof Error ? error.message : String(error)),
    )
  })
  door.listen(0, '127.0.0.1')
  await once(door, 'listening')
  const address = door.address()
  if (address === null || typeof address === 'string') throw new Error('the door has no port')
  project.provide('kafkaDoor', `http://127.0.0.1:${address.port}`)
  return async () => {
    door.close()
    door.closeAllConnections()
    await Promise.allSettled([...kafkas.values()].map(async kafka => (await kafka).close()))
  }
}
