import { KafkaError } from '../../kafka/kafka-error.ts'
import type { OutgoingMessage } from '../../kafka/message.ts'
import { toTopicName } from '../../kafka/topic-name.ts'
import { builder } from '../builder.ts'
import type { GraphQLContext } from '../context.ts'
import { badInput } from '../failures.ts'
import type { GraphQLLimits } from '../limits.ts'
import { failuresOf, resultsOf, settleAll } from '../outcomes.ts'
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
    throw new KafkaError('INVALID_TIMESTAMP', 'Kafka keeps no timestamp before 1970-01-01T00:00:00Z.')
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

const produce = async (input: Input, { sink, limits }: GraphQLContext) => {
  const { maxMessages } = limits.produce
  if (input.messages.length > maxMessages) {
    const problem = `takes at most ${maxMessages} messages, this request has ${input.messages.length}: send several requests.`
    throw badInput('input.messages', problem)
  }
  // Once begun, a mutation is carried out even when its client has gone: no signal.
  const options = {
    acks: input.acks ?? 'ALL',
    compressionType: input.compressionType ?? 'NONE',
    timeoutMs: timeoutOf(input, limits),
  }
  const outcomes = await settleAll(input.messages, {
    prepare: message => outgoing(input.topic, message),
    send: messages => sink.produce(messages, options),
  })
  return { results: resultsOf(outcomes), errors: failuresOf(outcomes, ['input', 'messages']) }
}

builder.mutationField('produce', t =>
  t.field({
    description:
      'Writes messages, as `kafka-console-producer` does. Each is written or refused by itself, and every one is answered in time: where it was written, why it was refused (UNKNOWN_TOPIC_OR_PARTITION, MESSAGE_TOO_LARGE, NOT_ENOUGH_REPLICAS, INVALID_TIMESTAMP, …), or OUTCOME_UNKNOWN. Retries neither lose nor double a message.',
    type: ProducePayload,
    args: { input: t.arg({ type: ProduceInput, required: true, description: 'The messages, and how to write them.' }) },
    resolve: (_, { input }, context) => produce(input, context),
  }),
)
