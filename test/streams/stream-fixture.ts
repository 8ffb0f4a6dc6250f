import { type Offset, toOffset } from '../../src/kafka/offset.ts'
import type { BatchEvent, MessageStream, StreamEvent, StreamRequest } from '../../src/kafka/ports/message-streams.ts'
import { toTopicName } from '../../src/kafka/topic-name.ts'
import type { StreamLimits } from '../../src/streams/ring/stream-limits.ts'
import { createMessageStreams, type MessageStreamEngine } from '../../src/streams/stream-engine.ts'
import { type InMemoryKafka, type InMemoryKafkaOptions, inMemoryKafka } from '../fakes/in-memory-kafka.ts'
import { testCall } from '../support/call.ts'

/** Limits small enough for tests to reach. */
export const TEST_LIMITS: StreamLimits = {
  ringBytesPerPartition: 64 * 1024,
  ringBytesPerTopic: 1024 * 1024,
  ringBytesTotal: 4 * 1024 * 1024,
  idleMs: 30,
  catchUpBytes: 8 * 1024,
  catchUpBytesTotal: 64 * 1024,
  sharedReadBytes: 64 * 1024,
  letGoMs: 50,
  catchUpConcurrency: 4,
  readTimeoutMs: 1000,
  progressMs: 60_000,
  describeMs: 20,
}

/** The topic that a fixture has from the start. */
export const ORDERS = toTopicName('orders')

/** A request for all of `orders` from the earliest message. */
export const REQUEST: StreamRequest = {
  topic: ORDERS,
  partitions: null,
  from: { kind: 'earliest' },
  after: null,
  to: null,
  isolationLevel: 'READ_UNCOMMITTED',
  limits: { maxMessages: 100, maxBytes: 1_000_000, lingerMs: 0 },
  onGap: 'report',
}

/** An engine on an in-memory Kafka. */
export interface StreamFixture extends AsyncDisposable {
  readonly kafka: InMemoryKafka
  readonly engine: MessageStreamEngine
  open(request?: Partial<StreamRequest>): Promise<MessageStream>
  /** A second server on the same Kafka, with the same secret. */
  anotherEngine(): MessageStreamEngine
}

/** An engine on an in-memory Kafka with the topic `orders`. */
export const streamFixture = (
  partitions = 1,
  limits: Partial<StreamLimits> = {},
  kafkaOptions: InMemoryKafkaOptions = {},
): StreamFixture => {
  const kafka = inMemoryKafka({ topics: { orders: partitions }, ...kafkaOptions })
  const engines: MessageStreamEngine[] = []
  const anotherEngine = () => {
    const engine = createMessageStreams({
      catalog: kafka,
      source: kafka,
      limits: { ...TEST_LIMITS, ...limits },
      cursorSecret: 'the secret of all instances',
    })
    engines.push(engine)
    return engine
  }
  const engine = anotherEngine()
  return {
    kafka,
    engine,
    anotherEngine,
    open: request => engine.open(testCall, { ...REQUEST, ...request }),
    async [Symbol.asyncDispose]() {
      for (const each of engines) await each[Symbol.asyncDispose]()
    },
  }
}

/** The next event. @throws when the stream ends instead. */
export const nextEvent = async (stream: MessageStream): Promise<StreamEvent> => {
  const { done, value } = await stream.next()
  if (done === true) throw new Error('the stream ended')
  return value
}

/** The next event, which must be of this kind. */
export const nextOf = async <K extends StreamEvent['kind']>(
  stream: MessageStream,
  kind: K,
): Promise<Extract<StreamEvent, { readonly kind: K }>> => {
  const event = await nextEvent(stream)
  if (isKind(event, kind)) return event
  throw new Error(`${kind} expected, ${event.kind} came`)
}

const isKind = <K extends StreamEvent['kind']>(
  event: StreamEvent,
  kind: K,
): event is Extract<StreamEvent, { readonly kind: K }> => event.kind === kind

/** Events up to and including the first that satisfies `isLast`. */
export const eventsUntil = async (
  stream: MessageStream,
  isLast: (event: StreamEvent) => boolean,
): Promise<readonly StreamEvent[]> => {
  const events: StreamEvent[] = []
  for (;;) {
    const event = await nextEvent(stream)
    events.push(event)
    if (isLast(event)) return events
  }
}

/** Events up to caught up. */
export const untilCaughtUp = (stream: MessageStream): Promise<readonly StreamEvent[]> =>
  eventsUntil(stream, ({ kind }) => kind === 'caughtUp')

/** All events of a stream that ends by itself. */
export const allEvents = async (stream: MessageStream): Promise<readonly StreamEvent[]> => {
  const events: StreamEvent[] = []
  for await (const event of stream) events.push(event)
  return events
}

/** Partition and offset of each message, as `partition:offset`. */
export const placesOf = (events: readonly StreamEvent[]): readonly string[] =>
  events
    .filter((event): event is BatchEvent => event.kind === 'batch')
    .flatMap(({ messages }) => messages.map(({ partition, offset }) => `${partition}:${offset}`))

/** Values of the messages, as text. */
export const valuesOf = (events: readonly StreamEvent[]): readonly (string | null)[] =>
  events
    .filter((event): event is BatchEvent => event.kind === 'batch')
    .flatMap(({ messages }) => messages.map(({ value }) => value?.toString() ?? null))

/** The code and details of a promise's rejection. */
export const failureOf = async (promise: Promise<unknown>): Promise<unknown> => {
  try {
    await promise
  } catch (thrown) {
    return thrown
  }
  throw new Error('nothing was thrown')
}

/** `count` values with numbered names. */
export const values = (count: number, name = 'm'): readonly string[] =>
  Array.from({ length: count }, (_, index) => `${name}${index}`)

/** An offset, for short. */
export const at = (value: number | bigint): Offset => toOffset(value)
