import { expect } from 'vitest'
import type { NewSchema } from '../../src/kafka/schemas.ts'
import { RegisterSchemaDocument } from '../generated/operations.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { confluentPeer, type PeerJob } from '../support/confluent-python.ts'
import { sharedRegistry } from '../support/registry.ts'
import { graphqlWs } from '../support/subscribe.ts'

/** A value as the API shows it. */
export interface Read {
  readonly format: string
  readonly json: unknown
  readonly decodeError: string | null
  readonly base64: string
  readonly schema: { readonly version: number; readonly subject: { readonly name: string } } | null
}

const READ = `subscription ($topic: String!) {
  messages(topic: $topic, from: { earliest: true }) {
    value { format json decodeError base64 schema { version subject { name } } }
  }
}`

/** The program and Confluent's client, on the same Kafka and the same registry. */
export interface InteropPlace extends AsyncDisposable {
  readonly app: TestApp
  /** Runs jobs of Confluent's client; a failed job fails the test. */
  peer(jobs: readonly PeerJob[]): Promise<readonly unknown[]>
  register(subject: string, schema: NewSchema): Promise<void>
  /** The first values of a topic. */
  read(topic: string, count: number): Promise<readonly Read[]>
}

/** Starts the program on the registry of the run. */
export const interopPlace = async (): Promise<InteropPlace> => {
  const registry = await sharedRegistry()
  const app = await startTestApp({ SCHEMA_REGISTRY_URL: registry })
  return {
    app,
    async peer(jobs) {
      const results = await confluentPeer({ brokers: app.kafka.bootstrapServers, registry }, jobs)
      const failed = results.flatMap((result, index) =>
        typeof result === 'object' && result !== null && 'error' in result ? [[jobs[index]?.topic, result.error]] : [],
      )
      expect(failed).toEqual([])
      return results
    },
    async register(subject, schema) {
      const { registerSchema } = await app.dataOf(RegisterSchemaDocument, {
        subject,
        ...schema,
        references: [...schema.references],
      })
      expect(registerSchema.errors).toEqual([])
    },
    async read(topic, count) {
      await using client = graphqlWs(app)
      using reader = client.subscribe<{ readonly messages: { readonly value: Read } }>(READ, { topic })
      const values: Read[] = []
      while (values.length < count) values.push((await reader.next()).messages.value)
      return values
    },
    [Symbol.asyncDispose]: () => app[Symbol.asyncDispose](),
  }
}
