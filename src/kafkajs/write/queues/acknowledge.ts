import type { EpochMs } from '../../../kafka/epoch-ms.ts'
import type { ProducedMessage } from '../../../kafka/message.ts'
import { plus, toOffset } from '../../../kafka/offset.ts'
import type { ProducePartitionAnswer } from '../../requests/messages/produce.ts'
import type { PendingMessage } from '../messages/pending-message.ts'
import type { PartitionTarget } from '../senders/produce-context.ts'

/** The broker's append time if the topic uses LogAppendTime; null if messages keep their own time. */
const appendTime = (
  messages: readonly PendingMessage[],
  { logAppendTime }: ProducePartitionAnswer,
  isRepeat: boolean,
): EpochMs | null => {
  // For a duplicate batch a broker returns the latest timestamp in the batch, even if a client set it.
  const latest = messages.reduce((last, { record }) => Math.max(last, record.timestamp), 0)
  return isRepeat && logAppendTime === latest ? null : logAppendTime
}

/** Answers the messages of a written batch with their positions. `answer` is null with acks NONE. */
export const acknowledge = (
  messages: readonly PendingMessage[],
  { topicId, partition }: PartitionTarget,
  answer: ProducePartitionAnswer | null,
  isRepeat: boolean,
): void => {
  const appended = answer && appendTime(messages, answer, isRepeat)
  // A duplicate that the broker no longer remembers is acknowledged without an offset.
  const base = answer === null || answer.baseOffset < 0n ? null : toOffset(answer.baseOffset)
  messages.forEach((pending, index) => {
    const produced: ProducedMessage = {
      topic: pending.message.topic,
      topicId,
      partition,
      offset: base === null ? null : plus(base, index),
      timestamp: appended ?? pending.record.timestamp,
    }
    pending.answer(produced)
  })
}
