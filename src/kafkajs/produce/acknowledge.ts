import type { EpochMs } from '../../kafka/epoch-ms.ts'
import type { ProducedMessage } from '../../kafka/message.ts'
import { plus, toOffset } from '../../kafka/offset.ts'
import type { ProducePartitionAnswer } from '../protocol/produce.ts'
import type { PendingMessage } from './pending-message.ts'
import type { PartitionTarget } from './produce-context.ts'

/** When the broker stored the batch, if the topic takes LogAppendTime; null when the messages keep their own time. */
const appendTime = (
  messages: readonly PendingMessage[],
  { logAppendTime }: ProducePartitionAnswer,
  isRepeat: boolean,
): EpochMs | null => {
  // For a batch it had already, a broker answers the latest timestamp in it, whoever gave it.
  const latest = messages.reduce((last, { record }) => Math.max(last, record.timestamp), 0)
  return isRepeat && logAppendTime === latest ? null : logAppendTime
}

/** Answers a written batch's messages with where each went; `answer` is null with acks NONE. */
export const acknowledge = (
  messages: readonly PendingMessage[],
  { topicId, partition }: PartitionTarget,
  answer: ProducePartitionAnswer | null,
  isRepeat: boolean,
): void => {
  const appended = answer && appendTime(messages, answer, isRepeat)
  // A duplicate too old for the broker's memory is acknowledged without an offset: then there is none to tell.
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
