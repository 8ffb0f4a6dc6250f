import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { Permits } from '../../../src/async/permits.ts'
import { toOffset } from '../../../src/kafka/offset.ts'
import type { LogReadRequest, LogSlice, LogSource } from '../../../src/kafka/ports/log-source.ts'
import { toTopicName } from '../../../src/kafka/topic-name.ts'
import { ReadTimeout, SharedReads } from '../../../src/streams/behind/shared-reads.ts'

const topic = toTopicName('orders')
const READ_TIMEOUT_MS = 100

const sliceAt = (offset: LogReadRequest['offset']): LogSlice => ({
  partition: 0,
  from: offset,
  next: offset,
  messages: [],
  logStartOffset: offset,
  endOffset: offset,
  leaderEpoch: 0,
  bytes: 0,
})

/** A source that answers each read after the given time; never: until it is aborted. */
const sourceThatTakes = (answerMs: () => number): LogSource => ({
  follow() {
    throw new Error('nothing is followed here')
  },
  read: async ({ offset }, signal) => {
    try {
      await sleep(answerMs(), undefined, { signal })
    } catch {
      throw signal.reason
    }
    return sliceAt(offset)
  },
})

it('waits longer for brokers with slow responses, up to a limit; fast ones get the first limit', async () => {
  let answerMs = 150
  let offset = 0n
  const source = sourceThatTakes(() => answerMs)
  const all = new SharedReads({
    source,
    permits: new Permits({ most: 1 }),
    keptBytes: 0,
    readTimeoutMs: READ_TIMEOUT_MS,
  })
  using reads = all.join('id', topic, 'READ_UNCOMMITTED')
  const read = () => {
    const log = { topic, topicId: 'id', partition: 0 }
    const request = {
      log,
      isolationLevel: 'READ_UNCOMMITTED',
      offset: toOffset(offset++),
      maxBytes: 1,
      maxWaitMs: 0,
    } as const
    return reads.read(request, new AbortController().signal)
  }
  await expect(read()).rejects.toBeInstanceOf(ReadTimeout)
  await read()
  await read()
  answerMs = 0
  await read()
  answerMs = 150
  await expect(read()).rejects.toBeInstanceOf(ReadTimeout)
  answerMs = 1_000_000
  for (let attempt = 0; attempt < 3; attempt++) await expect(read()).rejects.toBeInstanceOf(ReadTimeout)
  answerMs = 10 * READ_TIMEOUT_MS
  await expect(read()).rejects.toBeInstanceOf(ReadTimeout)
})
