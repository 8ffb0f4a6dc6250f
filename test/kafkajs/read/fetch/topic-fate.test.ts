import { expect, it, onTestFinished, vi } from 'vitest'
import { toOffset } from '../../../../src/kafka/offset.ts'
import { toTopicName } from '../../../../src/kafka/topic-name.ts'
import { LogPosition } from '../../../../src/kafkajs/read/fetch/log-position.ts'
import { topicFate } from '../../../../src/kafkajs/read/fetch/topic-fate.ts'
import { LeaderTable } from '../../../../src/kafkajs/transport/leader-table.ts'
import { pause } from '../../../../src/kafkajs/transport/wait.ts'

const UNKNOWN_TOPIC_OR_PARTITION = 3
const UNSAID = { isInternal: false, authorizedOperations: 0 }
const nobody = { onSlice: () => {}, onFault: () => {} }

it('a clock jump does not end a topic, and its time-out works whatever the clock shows', async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  onTestFinished(() => void vi.useRealTimers())
  const leaders = new LeaderTable()
  leaders.learn([{ name: 'orders', errorCode: UNKNOWN_TOPIC_OR_PARTITION, topicId: 'id', partitions: [], ...UNSAID }])
  const log = { topic: toTopicName('orders'), topicId: 'id', partition: 0 }
  const position = new LogPosition(log, 'READ_UNCOMMITTED', toOffset(0n), nobody)
  expect(topicFate(leaders, position)).toBeNull()
  vi.setSystemTime(Date.now() + 3_600_000)
  expect(topicFate(leaders, position)).toBeNull()
  vi.setSystemTime(Date.now() - 7_200_000)
  await pause(2100)
  expect(topicFate(leaders, position)).toEqual({ kind: 'deleted' })
})
