import fc from 'fast-check'
import { describe, it } from 'vitest'
import { eventually } from '../support/eventually.ts'
import { ModelClient } from './model-client.ts'
import { Truth } from './model-truth.ts'
import { type StreamFixture, streamFixture } from './stream-fixture.ts'

/** MODEL_RUNS=10000 for the long run. A failure prints its seed and its shortest script. */
const RUNS = Number(process.env.MODEL_RUNS ?? 200)
const MAX_PARTITIONS = 4

const partition = fc.nat(MAX_PARTITIONS - 1)
const share = fc.double({ min: 0, max: 1, noNaN: true })
const who = fc.nat(5)

const move = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({ kind: fc.constant('append'), partition, count: fc.integer({ min: 1, max: 30 }) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('transaction'), partition, commits: fc.boolean() }) },
  { weight: 10, arbitrary: fc.record({ kind: fc.constant('pull'), who, count: fc.integer({ min: 1, max: 12 }) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('kill'), who, elsewhere: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('retention'), partition, share }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('compact'), partition, share }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('poison'), partition, share }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('addPartition') }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('recreate') }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('outage') }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('wait'), turns: fc.integer({ min: 1, max: 6 }) }) },
)
type Move = typeof move extends fc.Arbitrary<infer T> ? T : never

const turns = async (count: number) => {
  for (let turn = 0; turn < count; turn++) await new Promise(resolve => setImmediate(resolve))
}

/** Small limits, so that rings are left, slices are cut and reads take turns within a few messages. */
const tinyFixture = () =>
  streamFixture(
    2,
    {
      ringBytesPerPartition: 1500,
      ringBytesPerTopic: 3000,
      catchUpBytes: 1200,
      catchUpConcurrency: 2,
      describeMs: 2,
      idleMs: 3,
    },
    { maxSliceBytes: 500 },
  )

class World {
  readonly #fixture: StreamFixture
  readonly #engines: readonly StreamFixture['engine'][]
  readonly clients: readonly ModelClient[]
  readonly #engineOf = [0, 0, 1, 1, 0, 1]
  #lives = 1
  #truth: Truth

  constructor(fixture: StreamFixture) {
    this.#fixture = fixture
    this.#engines = [fixture.engine, fixture.anotherEngine()]
    this.#truth = new Truth(fixture.kafka, 'a', 2)
    const truth = () => this.#truth
    const small = { maxMessages: 3, maxBytes: 1_000_000, lingerMs: 0 }
    const few = { maxMessages: 100, maxBytes: 20, lingerMs: 1 }
    this.clients = [
      new ModelClient({}, truth),
      new ModelClient({ from: { kind: 'latest' }, limits: small, isolationLevel: 'READ_COMMITTED' }, truth),
      new ModelClient({ from: { kind: 'latest' }, limits: few, onGap: 'fail' }, truth),
      new ModelClient({ partitions: [1], limits: small, isolationLevel: 'READ_COMMITTED' }, truth),
      // These two have the same request as the first and share with it where they meet.
      new ModelClient({ from: { kind: 'latest' } }, truth),
      new ModelClient({ onGap: 'fail' }, truth),
    ]
  }

  async connect(): Promise<void> {
    for (const [index, client] of this.clients.entries()) await client.connect(this.#engine(index))
  }

  async make(move: Move): Promise<void> {
    if ('who' in move) await this.#client(move)
    else if (move.kind === 'wait' && 'turns' in move) await turns(move.turns)
    else if (move.kind === 'outage') await this.#outage()
    else this.#write(move)
  }

  /** Every acknowledged message reaches every client, or its absence is explained. */
  async settle(): Promise<void> {
    const missing = async (index: number, client: ModelClient) => {
      await client.pull(this.#engine(index), 50)
      const what = client.missing()
      return what === null ? [] : [`client ${index} misses ${what}`]
    }
    for (const deadline = Date.now() + 5000; ; await turns(1)) {
      const misses: string[] = []
      for (const [index, client] of this.clients.entries()) misses.push(...(await missing(index, client)))
      if (misses.length === 0) return
      if (Date.now() > deadline) throw new Error(misses.join('; '))
    }
  }

  #engine(client: number) {
    return this.#engines[this.#engineOf[client] ?? 0] ?? this.#fixture.engine
  }

  async #client(move: Extract<Move, { who: number }>): Promise<void> {
    const client = this.clients[move.who]
    if (client === undefined) return
    if ('count' in move) await client.pull(this.#engine(move.who), move.count)
    if (!('elsewhere' in move)) return
    if (move.elsewhere) this.#engineOf[move.who] = 1 - (this.#engineOf[move.who] ?? 0)
    await client.kill(this.#engine(move.who))
  }

  async #outage(): Promise<void> {
    this.#fixture.kafka.goDown()
    for (const client of this.clients) await client.pull(this.#fixture.engine, 1)
    this.#fixture.kafka.comeUp()
  }

  #write(move: Move): void {
    const { kafka } = this.#fixture
    const count = this.#truth.partitions.length
    if (move.kind === 'addPartition' && count < MAX_PARTITIONS) {
      kafka.addPartitions('orders', count + 1)
      this.#truth.grow(count + 1)
    }
    if (move.kind === 'recreate') {
      kafka.recreateTopic('orders')
      this.#lives += 1
      this.#truth = new Truth(kafka, `life ${this.#lives}`, count)
    }
    if (!('partition' in move)) return
    const partition = move.partition % count
    if ('count' in move) this.#truth.append(partition, move.count, 'plain')
    if ('commits' in move) this.#truth.append(partition, 3, move.commits ? 'committed' : 'aborted')
    if (!('share' in move)) return
    if (move.kind === 'retention') this.#truth.deleteBefore(partition, move.share)
    else this.#truth.spoil(partition, move.share, move.kind === 'poison' ? 'poisoned' : 'compacted')
  }
}

describe('the life of a stream', () => {
  it('loses nothing, duplicates nothing and explains every hole, through any sequence of faults', async () => {
    const script = fc.array(move, { minLength: 1, maxLength: 60, size: 'max' })
    await fc.assert(
      fc.asyncProperty(script, async moves => {
        await using fixture = tinyFixture()
        const world = new World(fixture)
        await world.connect()
        for (const each of moves) await world.make(each)
        await world.settle()
        for (const client of world.clients) await client.close()
        await eventually(
          () => {
            const { followsOpen, readsOpen } = fixture.kafka.counts
            if (followsOpen + readsOpen > 0) throw new Error(`${followsOpen} followings, ${readsOpen} reads left`)
          },
          { within: 5000, every: 1 },
        )
      }),
      { numRuns: RUNS, endOnFailure: false },
    )
  }, 3_600_000)
})
