import { KafkaError } from '../../../kafka/errors/kafka-error.ts'
import type { RecordError } from '../../requests/messages/produce.ts'
import type { PendingMessage } from '../messages/pending-message.ts'

/** Parts of a batch that must be delivered separately, in this order. */
export type Split = readonly (readonly PendingMessage[])[]

/**
 * Finds the messages that caused a batch's refusal, so that only they fail. Kafka names them if it validates messages
 * one by one. Otherwise the batch is halved until one message is left.
 */
export const refuseOwners = (
  messages: readonly PendingMessage[],
  error: KafkaError,
  recordErrors: readonly RecordError[],
): 'done' | Split => {
  const [only] = messages
  if (messages.length === 1 && only !== undefined) {
    only.answer(new KafkaError(error.code, recordErrors[0]?.message ?? error.message))
    return 'done'
  }
  const owners = new Set<PendingMessage>()
  for (const { batchIndex, message } of recordErrors) {
    const owner = messages[batchIndex]
    if (owner === undefined) continue
    owners.add(owner)
    owner.answer(new KafkaError(error.code, message ?? error.message))
  }
  if (owners.size > 0) return [messages.filter(message => !owners.has(message))]
  const middle = Math.ceil(messages.length / 2)
  return [messages.slice(0, middle), messages.slice(middle)]
}
