import { once } from 'node:events'
import { createServer } from 'node:http'
import type { TestProject } from 'vitest/node'
import { OLDEST_KAFKA, ownKafka } from './local-kafka.ts'
import { ownRegistry } from './local-registry.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The address where a test's worker requests the run's Kafka or schema registry. */
    readonly kafkaDoor: string
  }
}

/** Something that the tests of a run share, and where it is. */
interface Shared {
  readonly address: string
  close(): Promise<void>
}

const kafka = async (options: Parameters<typeof ownKafka>[0]): Promise<Shared> => {
  const started = await ownKafka(options)
  return { address: started.bootstrapServers, close: () => started.close() }
}

const registry = async (): Promise<Shared> => {
  const started = await ownRegistry()
  return { address: started.url, close: () => started.close() }
}

/** What is shared, by its path at this port. */
const KINDS: Readonly<Record<string, () => Promise<Shared>>> = {
  '/newest': () => kafka({ nodes: 1 }),
  '/oldest': () => kafka({ nodes: 1, version: OLDEST_KAFKA }),
  '/registry': registry,
}

/**
 * One Kafka of each kind and one schema registry for the whole test run, each started when the first test requests it. Returns
 * a function that stops them.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const started = new Map<string, Promise<Shared>>()
  const door = createServer(({ url = '' }, response) => {
    const shared = started.get(url) ?? KINDS[url]?.() ?? Promise.reject(new Error(`nothing is shared at ${url}`))
    started.set(url, shared)
    shared.then(
      ({ address }) => response.end(address),
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
    await Promise.allSettled([...started.values()].map(async shared => (await shared).close()))
  }
}
