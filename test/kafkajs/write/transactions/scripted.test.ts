import { describe, expect, test } from 'vitest'
import type { SinkLimits } from '../../../../src/kafkajs/write/senders/sink-limits.ts'
import { testCall } from '../../../support/call.ts'
import { eventually } from '../../../support/eventually.ts'
import { outgoing } from '../outgoing.ts'
import { brief, options, scriptedSink } from '../scripted-sink.ts'
import { type Asked, type CoordinatorFate, CoordinatorModel } from './coordinator-model.ts'

const transactional = (timeoutMs = 5000) => options({ transactional: true, timeoutMs })
const saying = (...texts: readonly string[]) =>
  texts.map((text, partition) => outgoing({ value: Buffer.from(text), partition }))

/** A sink over two partitions and a coordinator. */
const world = (limits: Partial<SinkLimits> = {}) => {
  const { cluster, sink, ...rest } = scriptedSink(limits)
  const coordinator = new CoordinatorModel()
  cluster.partitionCount = 2
  cluster.others = coordinator.answer
  /** The fates of the first requests of one kind. Later ones succeed. */
  const fates = (kind: Asked, ...list: readonly CoordinatorFate[]) => {
    const left = [...list]
    coordinator.script = asked => (asked === kind ? left.shift() : undefined)
  }
  const send = (timeoutMs?: number) => sink.produce(testCall, saying('a', 'b'), transactional(timeoutMs))
  return { cluster, sink, coordinator, fates, send, ...rest }
}

describe('a transaction', () => {
  test("begins, writes and commits, and returns each message's offset", async () => {
    await using all = world()
    expect(brief(await all.send())).toEqual(['0@0', '1@0'])
    expect(all.coordinator.asked).toEqual(['FindCoordinator', 'InitProducerId@1', 'AddPartitionsToTxn@1', 'EndTxn@1'])
    expect(all.cluster.seen.map(({ acks, producerId, baseSequence }) => [acks, producerId, baseSequence])).toEqual([
      [-1, 7n, 0],
      [-1, 7n, 0],
    ])
    expect(all.cluster.seen.every(({ messages }) => messages.every(({ batch }) => batch.isTransactional))).toBe(true)
    expect(all.cluster.requests - 3).toBe(1)
  })

  test('follows a leader that moved', async () => {
    await using all = world()
    let refusals = 0
    all.cluster.script = (_, append) => (refusals++ === 0 ? { errorCode: 6 } : append())
    expect(brief(await all.send())).toEqual(['0@0', '1@0'])
    expect(all.coordinator.commits).toBe(1)
  })

  test('retries a batch whose response was lost, and writes it once', async () => {
    await using all = world()
    let losses = 0
    all.cluster.script = (_, append) => {
      const reply = append()
      return losses++ === 0 ? 'cut' : reply
    }
    expect(brief(await all.send())).toEqual(['0@0', '1@0'])
    expect([all.cluster.log(0).values, all.cluster.log(1).values]).toEqual([['a'], ['b']])
  })
})

describe('the coordinator', () => {
  test.each(['answer lost', 'request lost', 'silence'] as const)('commits once after: %s', async fate => {
    await using all = world()
    all.fates('EndTxn', fate, fate)
    expect(brief(await all.send())).toEqual(['0@0', '1@0'])
    expect([all.coordinator.commits, all.coordinator.aborts]).toEqual([1, 0])
  })

  test.each(['FindCoordinator', 'InitProducerId', 'AddPartitionsToTxn', 'EndTxn'] as const)(
    'may be loading, down, elsewhere or busy: %s is retried',
    async kind => {
      await using all = world()
      all.fates(kind, 14, 15, 16, 51)
      expect(brief(await all.send())).toEqual(['0@0', '1@0'])
      expect(all.coordinator.commits).toBe(1)
    },
  )

  test('is followed when it moves', async () => {
    await using all = world()
    let isMoved = false
    all.coordinator.script = asked => {
      if (asked !== 'EndTxn' || isMoved) return undefined
      isMoved = true
      all.coordinator.nodeId = 2
      return 16
    }
    expect(brief(await all.send())).toEqual(['0@0', '1@0'])
    expect(all.coordinator.asked.slice(-3)).toEqual(['EndTxn@1', 'FindCoordinator', 'EndTxn@2'])
  })

  test('begins again after a delayed repeat of the begin', async () => {
    await using all = world()
    all.fates('AddPartitionsToTxn', 90, 90)
    expect(brief(await all.send())).toEqual(['0@0', '1@0'])
    expect(all.coordinator.asked.filter(asked => asked === 'InitProducerId@1')).toHaveLength(3)
    all.coordinator.script = asked => (asked === 'AddPartitionsToTxn' ? 90 : undefined)
    expect(brief(await all.send())).toEqual(['PRODUCER_FENCED', 'PRODUCER_FENCED'])
  })

  test('aborts a transaction during its writes: TRANSACTION_ABORTED for all messages, including written ones', async () => {
    await using all = world()
    all.cluster.script = (batch, append) => (batch.partition === 0 ? { errorCode: 47 } : append())
    expect(brief(await all.send())).toEqual(['TRANSACTION_ABORTED', 'TRANSACTION_ABORTED'])
    await eventually(() => expect(all.coordinator.ongoing).toBe(0))
    expect(all.coordinator.commits).toBe(0)
  })

  test('is silent until the deadline before the commit: refused, aborted, and never committed later', async () => {
    await using all = world()
    all.coordinator.script = asked => (asked === 'AddPartitionsToTxn' ? 'answer lost' : undefined)
    expect(brief(await all.send(150))).toEqual(['REQUEST_TIMED_OUT', 'REQUEST_TIMED_OUT'])
    await eventually(() => expect(all.coordinator.aborts).toBe(1))
    expect(all.coordinator.asked).not.toContain('EndTxn@1')
    expect(all.cluster.seen).toEqual([])
  })

  test('is silent during the commit until the deadline: OUTCOME_UNKNOWN for all', async () => {
    await using all = world()
    all.coordinator.script = asked => (asked === 'EndTxn' ? 'answer lost' : undefined)
    expect(brief(await all.send(150))).toEqual(['OUTCOME_UNKNOWN', 'OUTCOME_UNKNOWN'])
    all.coordinator.script = () => undefined
    await eventually(() => expect(all.coordinator.asked.at(-1)).toBe('InitProducerId@1'))
    expect([all.coordinator.commits, all.coordinator.aborts, all.coordinator.ongoing]).toEqual([1, 0, 0])
  })

  test('has aborted by itself: TRANSACTION_ABORTED, or OUTCOME_UNKNOWN if a commit was lost before', async () => {
    await using all = world()
    all.fates('EndTxn', 47)
    expect(brief(await all.send())).toEqual(['TRANSACTION_ABORTED', 'TRANSACTION_ABORTED'])
    all.fates('EndTxn', 'request lost', 48)
    expect(brief(await all.send())).toEqual(['OUTCOME_UNKNOWN', 'OUTCOME_UNKNOWN'])
    all.fates('EndTxn', -1)
    expect(brief(await all.send())).toEqual(['OUTCOME_UNKNOWN', 'OUTCOME_UNKNOWN'])
  })

  test('does not permit transactions: its own error for all, and nothing is written', async () => {
    await using all = world()
    all.fates('InitProducerId', 53)
    const code = 'TRANSACTIONAL_ID_AUTHORIZATION_FAILED'
    expect(brief(await all.send())).toEqual([code, code])
    expect(all.cluster.seen).toEqual([])
  })
})

describe('one refused message', () => {
  test('refused by this server: no transaction begins', async () => {
    await using all = world()
    const messages = [...saying('a'), outgoing({ partition: 9 }), outgoing({ timestamp: -1 })]
    expect(brief(await all.sink.produce(testCall, messages, transactional()))).toEqual([
      'TRANSACTION_ABORTED',
      'UNKNOWN_TOPIC_OR_PARTITION',
      'INVALID_TIMESTAMP',
    ])
    expect([all.coordinator.asked, all.cluster.seen]).toEqual([[], []])
  })

  test('refused by a broker aborts all, and keeps its own reason', async () => {
    await using all = world()
    all.cluster.script = (batch, append) =>
      batch.partition === 0 ? { errorCode: 87, recordErrors: [{ batchIndex: 1, message: 'no key' }] } : append()
    const messages = [0, 0, 0, 1].map(partition => outgoing({ partition }))
    const told = await all.sink.produce(testCall, messages, transactional())
    expect(brief(told)).toEqual(['TRANSACTION_ABORTED', 'INVALID_RECORD', 'TRANSACTION_ABORTED', 'TRANSACTION_ABORTED'])
    expect(told[3]).toMatchObject({ message: expect.stringContaining('message 1 of the transaction') })
    await eventually(() => expect(all.coordinator.aborts).toBe(1))
    expect(all.coordinator.commits).toBe(0)
  })

  test('refused by the coordinator refuses the others too', async () => {
    await using all = world()
    all.coordinator.refused = { 0: 29, 1: 55 }
    expect(brief(await all.send())).toEqual(['TOPIC_AUTHORIZATION_FAILED', 'TRANSACTION_ABORTED'])
    expect(all.cluster.seen).toEqual([])
  })

  test('whose topic was deleted after the check fails long before the deadline', async () => {
    await using all = world()
    all.coordinator.script = asked => {
      if (asked === 'AddPartitionsToTxn') all.cluster.topicExists = false
      return undefined
    }
    all.coordinator.refused = { 0: 3, 1: 3 }
    const unknown = 'UNKNOWN_TOPIC_OR_PARTITION'
    expect(brief(await all.send(60_000))).toEqual([unknown, unknown])
  })

  test('is not refused if its leader cannot reach the coordinator and reports too few replicas', async () => {
    await using all = world({ notEnoughReplicasMs: 0 })
    const errorMessage =
      'Unable to verify the partition has been added to the transaction. Underlying error: NETWORK_EXCEPTION'
    let refusals = 0
    all.cluster.script = (_, append) => (refusals++ < 4 ? { errorCode: 19, errorMessage } : append())
    expect(brief(await all.send())).toEqual(['0@0', '1@0'])
  })

  test('refused for too few replicas: NOT_ENOUGH_REPLICAS, also after an append that was undone', async () => {
    await using all = world()
    all.cluster.script = (batch, append) => (batch.partition === 0 ? { errorCode: 20 } : append())
    expect(brief(await all.send())).toEqual(['NOT_ENOUGH_REPLICAS', 'TRANSACTION_ABORTED'])
    await eventually(() => expect(all.coordinator.aborts).toBe(1))
  })
})

describe('bounds', () => {
  test('a transaction that does not fit in memory is BUSY as a whole', async () => {
    await using all = world({ maxQueuedBytes: 800 })
    expect(brief(await all.send())).toEqual(['BUSY', 'BUSY'])
    expect(all.sink.queuedBytes).toBe(0)
  })

  test('acks below ALL are refused', async () => {
    await using all = world()
    const told = await all.sink.produce(testCall, saying('a'), options({ transactional: true, acks: 'LEADER' }))
    expect(brief(told)).toEqual(['INVALID_REQUIRED_ACKS'])
  })

  test('transactions beyond the limit wait in turn, at most until their deadline', async () => {
    await using all = world({ maxTransactions: 1, idleMs: 60_000 })
    let release = () => {}
    const held = new Promise<void>(resolve => {
      release = resolve
    })
    all.cluster.script = async (_, append) => {
      await held
      return append()
    }
    const first = all.send()
    await eventually(() => expect(all.cluster.seen.length).toBeGreaterThan(0))
    const impatient = all.send(50)
    const patient = all.send()
    expect(brief(await impatient)).toEqual(['REQUEST_TIMED_OUT', 'REQUEST_TIMED_OUT'])
    release()
    expect(brief(await first)).toEqual(['0@0', '1@0'])
    expect(brief(await patient)).toEqual(['0@1', '1@1'])
    expect(all.coordinator.asked.filter(asked => asked === 'FindCoordinator')).toHaveLength(1)
  })

  test('nothing is written if the caller aborts before the commit', async () => {
    await using all = world({ idleMs: 60_000 })
    const giveUp = new AbortController()
    all.cluster.script = () => 'silence'
    const told = all.sink.produce({ ...testCall, signal: giveUp.signal }, saying('a', 'b'), { ...transactional() })
    await eventually(() => expect(all.cluster.seen.length).toBeGreaterThan(0))
    giveUp.abort()
    expect(brief(await told)).toEqual(['REQUEST_TIMED_OUT', 'REQUEST_TIMED_OUT'])
    await eventually(() => expect(all.coordinator.aborts).toBe(1))
  })

  test('closing the sink answers pending calls and completes', async () => {
    const all = world({ idleMs: 60_000 })
    all.coordinator.script = asked => (asked === 'EndTxn' ? 'silence' : undefined)
    const told = all.send(60_000)
    await eventually(() => expect(all.coordinator.asked).toContain('EndTxn@1'))
    await all[Symbol.asyncDispose]()
    expect(brief(await told)).toEqual(['OUTCOME_UNKNOWN', 'OUTCOME_UNKNOWN'])
    expect(all.sink.queuedBytes).toBe(0)
  })

  test('a topic used only by transactions is forgotten after a while', async () => {
    await using all = world({ forgetMs: 50 })
    await all.send()
    expect(all.sink.topicCount).toBe(1)
    await eventually(() => expect(all.sink.topicCount).toBe(0))
    expect(all.cluster.leaders.watched).toEqual([])
  })
})
