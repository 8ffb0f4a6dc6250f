import type { GraphQLFormattedError } from 'graphql'
import { PassQueue } from '../../../../src/async/pass-queue.ts'
import { createContext } from '../../../../src/graphql/core/context.ts'
import { buildSchema } from '../../../../src/graphql/schema.ts'
import { toOffset } from '../../../../src/kafka/offset.ts'
import { createPayloadReader } from '../../../../src/payloads/read/payload-reader.ts'
import { harness, limits } from '../../../graphql/harness.ts'
import { batchOf, storedMessage } from '../../../graphql/message/scripted-streams.ts'
import { ask } from '../../support/ask.ts'
import { openSocket } from '../../support/socket-client.ts'
import { startTestServer } from '../../support/start-test-server.ts'

/** The first response to a subscriber: an event, or the reason why there is none. */
export interface First {
  readonly data?: Readonly<Record<string, unknown>> | null
  readonly errors?: readonly GraphQLFormattedError[]
}

type Variables = Readonly<Record<string, unknown>>

/** Subscribes over one transport to a stream of one message, and ends with it. */
export type FirstOf = (query: string, variables?: Variables, operationName?: string) => Promise<First>

/** An error arrives as the payload of `error`, or inside that of `next`. */
const firstOf = (payload: unknown): First =>
  JSON.parse(JSON.stringify(Array.isArray(payload) ? { errors: payload } : payload))

/** The product's schema on its own server. Its streams yield the events that a test plays. */
export const productServer = async ({
  schema = buildSchema(),
  ...settings
}: Parameters<typeof startTestServer>[0] = {}) => {
  const { ports, streams, run } = harness({ topics: { orders: 2 } })
  const newContext = createContext({ ports, payloads: createPayloadReader(), limits, passes: new PassQueue() })
  const server = await startTestServer({
    ...settings,
    schema,
    createContext: caller => newContext(caller),
  })
  const play = () => {
    const message = storedMessage({
      partition: 1,
      offset: toOffset(7),
      key: Buffer.from('k'),
      value: Buffer.from('{}'),
    })
    streams.play(batchOf('orders', [message]), 'end')
  }
  const overSocket: FirstOf = async (query, variables, operationName) => {
    play()
    using client = await openSocket(server.socketUrl)
    client.send({ type: 'subscribe', id: '1', payload: { query, variables, operationName } })
    return firstOf((await client.next()).payload)
  }
  const overEvents: FirstOf = async (query, variables, operationName) => {
    play()
    const { text } = await ask(server.url, {
      method: 'POST',
      headers: { accept: 'text/event-stream', 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables, operationName }),
    })
    return firstOf(JSON.parse(/^data: ?(.+)$/m.exec(text)?.[1] ?? 'null'))
  }
  return { server, streams, run, transports: { 'a WebSocket': overSocket, 'an event stream': overEvents } }
}
