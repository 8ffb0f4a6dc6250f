import { setImmediate } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { consumerGroupDescribeRequest } from '../../../../src/kafkajs/requests/groups/consumer-group-describe.ts'
import { ByteReader } from '../../../../src/kafkajs/wire/byte-reader.ts'
import { consumerAnswer } from './scripted-groups.ts'

it('decoding a group of 2,000 members with 400,000 partitions does not block the event loop', async () => {
  const size = { members: 2000, topics: 4, partitions: 25 }
  const answer = consumerAnswer('large', size)
  let isDone = false
  let turns = 0
  const countTurns = async () => {
    while (!isDone) {
      turns++
      await setImmediate()
    }
  }
  const counting = countTurns()
  const [group] = await consumerGroupDescribeRequest(['large'], 1).decode(new ByteReader(answer))
  isDone = true
  await counting
  expect(group?.members).toHaveLength(2000)
  expect(group?.members[1999]?.assignment).toHaveLength(100)
  expect(turns).toBeGreaterThan(10)
})
