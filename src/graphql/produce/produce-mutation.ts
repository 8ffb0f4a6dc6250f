import { allOrNothing } from '../../kafka/errors/all-or-nothing.ts'
import { isFailure, KafkaError, type Outcome } from '../../kafka/errors/kafka-error.ts'
import type { OutgoingMessage, ProducedMessage } from '../../kafka/message.ts'
import { type Call, uninterrupted } from '../../kafka/ports/call.ts'
import type { ProduceOptions } from '../../kafka/ports/message-sink.ts'
import type { Ports } from '../../kafka/ports/ports.ts'
import { toTopicName } from '../../kafka/topic-name.ts'
import type { GraphQLContext } from '../core/context.ts'
import { badInput } from '../core/errors/failures.ts'
import type { GraphQLLimits } from '../core/limits.ts'
import { failuresOf, resultsOf, settleAll } from '../core/outcomes/outcomes.ts'
import { mutationField } from '../core/schema-part.ts'
import { bytesOf, utf8 } from './payload-input.ts'
import { ProduceInput, type ProducerMessageInput } from './produce-input.ts'
import { ProducePayload } from './produce-payload.ts'
import { type EncodedMessage, type EncodedMessages, encodeBySchema } from './schema-encoded.ts'

type Input = typeof ProduceInput.$inferInput
type MessageInput = typeof ProducerMessageInput.$inferInput

const outgoing = (topic: string, message: MessageInput, encoded: EncodedMessage | undefined): OutgoingMessage => {
  const { partition = null, timestamp = null } = message
  if (partition !== null && partition < 0) {
    throw new KafkaError('UNKNOWN_TOPIC_OR_PARTITION', `There is no partition ${partition}: they are numbered from 0.`)
  }
  if (timestamp !== null && timestamp < 0) {
    throw new KafkaError('INVALID_TIMESTAMP', 'Kafka stores no timestamp before 1970-01-01T00:00:00Z.')
  }
  return {
    topic: toTopicName(message.topic ?? topic),
    partition,
    key: encoded?.key ?? bytesOf(message.key),
    value: encoded?.value ?? bytesOf(message.value),
    headers: (message.headers ?? []).map(({ key, value }, index) => ({
      key: utf8(key).toString(),
      value: encoded?.headers.get(index) ?? bytesOf(value),
    })),
    timestamp,
  }
}

const timeoutOf = ({ timeout }: Input, { produce }: GraphQLLimits): number => {
  const ms = timeout ?? produce.timeoutMs
  if (ms > 0 && ms <= produce.timeoutMs) return ms
  throw badInput(
    'input.timeout',
    `is PT${ms / 1000}S: give more than nothing and at most PT${produce.timeoutMs / 1000}S.`,
  )
}

const optionsOf = (input: Input, limits: GraphQLLimits): ProduceOptions => {
  const { maxMessages } = limits.produce
  if (input.messages.length > maxMessages) {
    const problem = `takes at most ${maxMessages} messages, this request has ${input.messages.length}: send several requests.`
    throw badInput('input.messages', problem)
  }
  const acks = input.acks ?? 'ALL'
  const transactional = input.transactional ?? false
  if (transactional && acks !== 'ALL') {
    throw badInput('input.acks', `is ${acks}: a transaction needs ALL, which is what it gets when left out.`)
  }
  const compressionType = input.compressionType ?? 'NONE'
  return { acks, compressionType, transactional, timeoutMs: timeoutOf(input, limits) }
}

/** The share of a request's time that the schema registry may take. The rest is for Kafka. */
const REGISTRY_SHARE = 0.5

const encode = ({ topic, messages }: Input, ports: Ports, call: Call, timeoutMs: number): Promise<EncodedMessages> => {
  const latest = performance.now() + timeoutMs * REGISTRY_SHARE
  return encodeBySchema(topic, messages, ports.payloadWriter, {
    ...call,
    deadline: Math.min(call.deadline ?? latest, latest),
  })
}

const notSent = (): KafkaError =>
  new KafkaError('REQUEST_TIMED_OUT', 'Encoding the messages took all of the time limit; nothing was sent.')

const outcomesOf = async (
  call: Call,
  input: Input,
  options: ProduceOptions,
  ports: Ports,
): Promise<readonly Outcome<ProducedMessage>[]> => {
  const begun = performance.now()
  const encoded = await encode(input, ports, call, options.timeoutMs)
  const takenMs = encoded.size === 0 ? 0 : performance.now() - begun
  const timeoutMs = Math.max(Math.floor(options.timeoutMs - takenMs), 0)
  const send = async (messages: readonly OutgoingMessage[]) =>
    timeoutMs === 0 ? messages.map(notSent) : ports.sink.produce(call, messages, { ...options, timeoutMs })
  const prepare = (message: MessageInput, index: number) => {
    const own = encoded.get(index)
    if (own !== undefined && isFailure(own)) throw own
    return outgoing(input.topic, message, own)
  }
  if (!options.transactional) return settleAll(input.messages, { prepare, send })
  const outcomes = await settleAll(input.messages, {
    prepare,
    send: async messages =>
      messages.length < input.messages.length
        ? messages.map(() => new KafkaError('TRANSACTION_ABORTED'))
        : send(messages),
  })
  return allOrNothing(outcomes)
}

const produce = async (input: Input, { ports, call, limits }: GraphQLContext) => {
  const outcomes = await outcomesOf(uninterrupted(call), input, optionsOf(input, limits), ports)
  return { results: resultsOf(outcomes), errors: failuresOf(outcomes, ['input', 'messages']) }
}

/** `Mutation.produce`. */
export const produceMutation = mutationField('produce', t =>
  t.field({
    extensions: { cost: { mostItems: ({ produce }) => produce.maxMessages } },
    description:
      'Writes messages, as `kafka-console-producer` does. Unless they are `transactional`, each message succeeds or fails separately. Within the time limit every message gets a result: where it was written, why it was refused (UNKNOWN_TOPIC_OR_PARTITION, MESSAGE_TOO_LARGE, NOT_ENOUGH_REPLICAS, INVALID_TIMESTAMP, …), or OUTCOME_UNKNOWN. Retries neither lose nor duplicate a message.',
    type: ProducePayload,
    args: { input: t.arg({ type: ProduceInput, required: true, description: 'The messages, and how to write them.' }) },
    resolve: (_, { input }, context) => produce(input, context),
  }),
)
