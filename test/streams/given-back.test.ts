import { setImmediate as turn } from 'node:timers/promises'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Permits } from '../../src/async/permits.ts'
import { plus, toOffset } from '../../src/kafka/offset.ts'
import type { LogReadRequest, LogSlice, LogSource } from '../../src/kafka/ports/log-source.ts'
import { toTopicName } from '../../src/kafka/topic-name.ts'
import { CatchUp } from '../../src/streams/behind/catch-up.ts'
import { HeldBytes } from '../../src/streams/behind/held-bytes.ts'
import { SharedReads } from '../../src/streams/behind/shared-reads.ts'

const topic = toTopicName('orders')
const isolationLevel = 'READ_UNCOMMITTED'
const unasked = () => Promise.reject(new Error('the test does not expect this call'))
const offsets = { ends: unasked, highWatermarks: unasked, at: unasked }

const sliceOf = ({ log: { partition }, offset }: LogReadRequest): LogSlice => ({
  partition,
  from: offset,
  next: plus(offset, 2),
  messages: [],
  logStartOffset: toOffset(0n),
  endOffset: toOffset(100n),
  leaderEpoch: 0,
  bytes: 10,
})

/** A source whose reads end when the test says so, or when they are aborted. */
class SlowSource implements LogSource {
  underWay: ((isWell: boolean) => void)[] = []

  follow(): never {
    throw new Error('nothing is followed here')
  }

  read(request: LogReadRequest, signal: AbortSignal): Promise<LogSlice> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason)
      const end = (isWell: boolean): void => {
        this.underWay = this.underWay.filter(one => one !== end)
        if (isWell) resolve(sliceOf(request))
        else reject(signal.aborted ? signal.reason : new Error('failed'))
      }
      this.underWay.push(end)
      signal.addEventListener('abort', () => end(false))
    })
  }
}

/** A reader behind the ring, with the slice it is delivering. */
class Reader {
  readonly #make: () => CatchUp
  #catchUp: CatchUp
  #slice: LogSlice | null = null

  constructor(make: () => CatchUp) {
    this.#make = make
    this.#catchUp = make()
  }

  start(number: number): void {
    if (this.#catchUp.isBusy) return
    const read = { partition: number % 2, offset: toOffset(BigInt(number)), maxWaitMs: 0, lastTimestamp: null }
    this.#catchUp.start({ ...read, lastEpoch: -1, isUnverified: number === 3 })
  }

  take(): void {
    if (this.#slice !== null) return
    const result = this.#catchUp.take()
    if (result?.kind === 'slice') this.#slice = result.slice
  }

  deliver(): void {
    if (this.#slice !== null) this.#catchUp.delivered(this.#slice)
    this.#slice = null
  }

  letGo(): void {
    this.deliver()
    this.#catchUp.letGo()
  }

  leave(): void {
    this.deliver()
    this.#catchUp[Symbol.dispose]()
  }

  comeAgain(): void {
    this.leave()
    this.#catchUp = this.#make()
  }
}

const ACTS = ['start', 'start', 'take', 'deliver', 'letGo', 'comeAgain', 'succeed', 'succeed', 'fail', 'turn'] as const
const steps = fc.array(fc.record({ act: fc.constantFrom(...ACTS), who: fc.nat(3), number: fc.nat(4) }), {
  maxLength: 80,
})

it('in any order of read, take, deliver, abort and leave, no byte, read or permit stays behind', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async taken => {
      const source = new SlowSource()
      const permits = new Permits({ most: 2 })
      const held = new HeldBytes(25)
      const reads = new SharedReads({ source, permits, keptBytes: 35, readTimeoutMs: 10_000 })
      const make = () => {
        const options = {
          offsets,
          held,
          topic,
          topicId: 'id',
          isolationLevel,
          readBytes: 10,
          sparingReadBytes: 1,
        } as const
        return new CatchUp({ ...options, reads: reads.join('id', topic, isolationLevel), wake: () => {} })
      }
      const readers = Array.from({ length: 4 }, () => new Reader(make))
      for (const { act, who, number } of taken) {
        if (act === 'turn') await turn()
        else if (act === 'succeed' || act === 'fail') source.underWay.at(number % 2)?.(act === 'succeed')
        else readers[who]?.[act](number)
      }
      for (const reader of readers) reader.leave()
      await turn()
      expect(held.held).toBe(0)
      expect(source.underWay).toEqual([])
      const { signal } = new AbortController()
      const both = Promise.all([permits.acquire(signal), permits.acquire(signal)]).then(() => 'free')
      expect(await Promise.race([both, turn('taken')])).toBe('free')
    }),
    { numRuns: 1000 },
  )
})
