import { allOrNothing } from '../../kafka/errors/all-or-nothing.ts'
import { KafkaError, type Outcome } from '../../kafka/errors/kafka-error.ts'
import type { OutgoingMessage, ProducedMessage } from '../../kafka/message.ts'
import { type Call, uninterrupted } from '../../kafka/ports/call.ts'
import type { MessageSink, ProduceOptions } from '../../kafka/ports/message-sink.ts'
import { toTopicName } from '../../kafka/topic-name.ts'
import type { GraphQLContext } from '../core/context.ts'
import { badInput } from '../core/errors/failures.ts'
import type { GraphQLLimits } from '../core/limits.ts'
import { failuresOf, resultsOf, settleAll } from '../core/outcomes/outcomes.ts'
import { mutationField } from '../core/schema-part.ts'
import { bytesOf, utf8 } from './payload-input.ts'
import { ProduceInput, type ProducerMessageInput } from './produce-input.ts'
import { ProducePayload } from './produce-payload.ts'

type Input = typeof ProduceInput.$inferInput
type MessageInput = typeof ProducerMessageInput.$inferInput

const outgoing = (topic: string, message: MessageInput): OutgoingMessage => {
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
    key: bytesOf(message.key),
    value: bytesOf(message.value),
    headers: (message.headers ?? []).map(({ key, value }) => ({ key: utf8(key).toString(), value: bytesOf(value) })),
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

const outcomesOf = async (
  call: Call,
  input: Input,
  options: ProduceOptions,
  sink: MessageSink,
): Promise<readonly Outcome<ProducedMessage>[]> => {
  const prepare = (message: MessageInput) => outgoing(input.topic, message)
  if (!options.transactional) {
    return settleAll(input.messages, { prepare, send: messages => sink.produce(call, messages, options) })
  }
  const outcomes = await settleAll(input.messages, {
    prepare,
    send: async messages =>
      messages.length < input.messages.length
        ? messages.map(() => new KafkaError('TRANSACTION_ABORTED'))
        : sink.produce(call, messages, options),
  })
  return allOrNothing(outcomes)
}

const produce = async (input: Input, { ports, call, limits }: GraphQLContext) => {
  const outcomes = await outcomesOf(uninterrupted(call), input, optionsOf(input, limits), ports.sink)
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
