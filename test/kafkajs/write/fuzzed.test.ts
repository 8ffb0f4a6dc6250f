import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isFailure } from '../../../src/kafka/errors/kafka-error.ts'
import { testCall } from '../../support/call.ts'
import { ALL_KEPT, judge, type ToldMessage } from '../../support/oracle.ts'
import { outgoing } from './outgoing.ts'
import { options, scriptedSink } from './scripted-sink.ts'

/** What a broker does with one attempt. */
const FATES = [
  'append',
  'cut before',
  'cut after',
  'silent before',
  'silent after',
  'not leader',
  'lost leadership',
  'timed out',
  'few replicas',
  'few replicas after',
  'storage error',
  'unknown error',
  'refuse contents',
  'move',
] as const
/** Each run mostly waits, so many run at once. */
const AT_ONCE = 100
type FateName = (typeof FATES)[number]

interface Life {
  readonly fates: readonly FateName[]
  readonly calls: readonly { readonly messages: number; readonly timeoutMs: number; readonly pauseMs: number }[]
}

const lives = fc.record<Life>({
  fates: fc.array(fc.constantFrom(...FATES), { maxLength: 12 }),
  calls: fc.array(
    fc.record({
      messages: fc.integer({ min: 1, max: 6 }),
      timeoutMs: fc.constantFrom(15, 60, 150, 4000),
      pauseMs: fc.constantFrom(0, 0, 1, 20, 60),
    }),
    { minLength: 1, maxLength: 8 },
  ),
})

const live = async ({ fates, calls }: Life) => {
  await using world = scriptedSink({ idleMs: 30, notEnoughReplicasMs: 100, maxBatchMessages: 5 })
  const { cluster, sink } = world
  const left = [...fates]
  cluster.script = (_, append) => {
    switch (left.shift() ?? 'append') {
      case 'append':
        return append()
      case 'cut before':
        return 'cut'
      case 'cut after':
        return append() ? 'cut' : 'silence'
      case 'silent before':
        return 'silence'
      case 'silent after':
        return append() ? 'silence' : 'cut'
      case 'not leader':
        return { errorCode: 6 }
      case 'lost leadership':
        return { ...append(), errorCode: 6 }
      case 'timed out':
        return { ...append(), errorCode: 7 }
      case 'few replicas':
        return { errorCode: 19 }
      case 'few replicas after':
        return { ...append(), errorCode: 20 }
      case 'storage error':
        return { errorCode: 56 }
      case 'unknown error':
        return { errorCode: -1 }
      case 'refuse contents':
        return { errorCode: 87 }
      case 'move':
        setTimeout(() => cluster.moveTo(cluster.leader + 1), 5)
        return append() ? 'silence' : 'cut'
    }
  }
  const told: ToldMessage[] = []
  const running: Promise<void>[] = []
  let number = 0
  for (const { messages, timeoutMs, pauseMs } of calls) {
    const values = Array.from({ length: messages }, () => String(number++))
    const entries = values.map((value): ToldMessage => ({ value, partition: 0, told: 'UNKNOWN', offset: null }))
    const first = told.length
    told.push(...entries)
    const batch = values.map(value => outgoing({ value: Buffer.from(value), partition: 0 }))
    const answered = sink.produce(testCall, batch, options({ timeoutMs })).then(outcomes => {
      expect(outcomes).toHaveLength(values.length)
      outcomes.forEach((outcome, i) => {
        const value = values[i] ?? ''
        if (!isFailure(outcome)) told[first + i] = { value, partition: 0, told: 'ACKED', offset: outcome.offset }
        else if (!['OUTCOME_UNKNOWN', 'NOT_ENOUGH_REPLICAS_AFTER_APPEND'].includes(outcome.code))
          told[first + i] = { value, partition: 0, told: 'REJECTED', offset: null }
      })
    })
    running.push(answered)
    if (pauseMs > 0) await new Promise(resolve => setTimeout(resolve, pauseMs))
  }
  await Promise.all(running)
  expect(sink.queuedBytes).toBe(0)
  const read = cluster.log().values.map((value, offset) => ({ partition: 0, offset: BigInt(offset), value }))
  return judge(told, read)
}

test('whatever the brokers do, no acknowledged message is lost, duplicated, misplaced or out of order', async () => {
  const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31)
  const runs = Number(process.env.RUNS ?? 400)
  console.info(`SEED=${seed}`)
  const samples = fc.sample(lives, { seed, numRuns: runs })
  for (let first = 0; first < samples.length; first += AT_ONCE) {
    const some = samples.slice(first, first + AT_ONCE)
    const verdicts = await Promise.all(some.map(async life => ({ life, verdict: await live(life) })))
    for (const { life, verdict } of verdicts) expect(verdict, `SEED=${seed} ${JSON.stringify(life)}`).toEqual(ALL_KEPT)
  }
}, 240_000)
