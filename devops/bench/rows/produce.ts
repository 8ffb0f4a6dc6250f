import { alternate, type Sample } from '../harness/alternate.ts'
import { startRole } from '../harness/child.ts'
import { produceBody } from '../harness/documents.ts'
import { type Line, line } from '../harness/line.ts'
import type { Row } from '../harness/row.ts'
import type { Stage } from '../harness/stage.ts'
import { percentile } from '../harness/statistics.ts'
import { cpuSeconds, rssMb } from '../harness/usage.ts'
import type { httpCallerCalls } from '../load/http-callers.ts'
import { makeValues } from '../load/values.ts'
import type { bareHttpCalls } from '../peers/bare-http.ts'

const CALLERS = 64
const SECONDS = 5
const VALUE_BYTES = 100
/** As long as our own response to these mutations. */
const ANSWER = '{"data":{"produce":{"results":[{"partition":0,"offset":"1234567"}],"errors":[]}}}'

/** Runs callers for some seconds, and reads the processor time that the measured process used. */
const sample = async (pid: number, seconds: number, run: () => Promise<readonly number[]>): Promise<Sample> => {
  const before = cpuSeconds(pid)
  const took = await run()
  const cpu = cpuSeconds(pid) - before
  return {
    value: took.length / seconds,
    cpuMicros: (cpu / took.length) * 1e6,
    rssMb: rssMb(pid),
    more: { p50: percentile(took, 0.5), p99: percentile(took, 0.99) },
  }
}

const measure = async (stage: Stage) => {
  await using producer = await stage.producer()
  await using product = await stage.product()
  await using callers = await startRole<typeof httpCallerCalls>('http-callers')
  await using bare = await startRole<typeof bareHttpCalls>('bare-http')
  const bareUrl = await bare.call('listen', { answer: ANSWER })
  const topic = await stage.createTopic(3)
  const bodies = makeValues('letters', VALUE_BYTES).map((value, i) => produceBody(topic, `key-${i}`, value))
  const seconds = Math.max(1, stage.sized(SECONDS))
  const overHttp = (pid: number, url: string) =>
    sample(pid, seconds, async () => {
      const input = { url, connections: CALLERS, seconds, bodies, expected: '"errors":[]' }
      const { took, wrong } = await callers.call('run', input)
      if (wrong.length > 0) throw new Error(`produce was refused: ${wrong[0]}`)
      return took
    })
  return await alternate(
    {
      ours: () => overHttp(product.pid, product.httpUrl),
      bare: () => overHttp(bare.pid, bareUrl),
      plain: () =>
        sample(producer.pid, seconds, () =>
          producer.call('sendEach', { topic, concurrency: CALLERS, seconds, bytes: VALUE_BYTES }),
        ),
    },
    stage.rounds,
  )
}

/** Many callers that write one message each. */
export const produce: Row = {
  name: 'produce',
  about: '64 concurrent produce mutations over HTTP, one message each, against plain KafkaJS send per call',
  run: async stage => {
    const { ours, plain, bare } = await measure(stage)
    const reference = [
      ['KafkaJS send per call', plain],
      ['bare node:http, ready bytes, no Kafka', bare],
    ] as const
    const what = '64 concurrent produce mutations over HTTP'
    const shared = { row: 'produce', ours, others: reference }
    const lines: readonly Line[] = [
      line({
        ...shared,
        what,
        unit: 'messages/s',
        aim: { text: '≥ 5 × KafkaJS', isMet: ({ compared }) => compared >= 5 },
        notes: ['CPU is that of the program and of the KafkaJS process; the HTTP client and Kafka share the cores'],
      }),
      line({
        ...shared,
        what: `${what}, p50`,
        unit: 'ms',
        figure: 'p50',
        aim: { text: '< 10 ms', isMet: figures => figures.ours < 10 },
      }),
      line({ ...shared, what: `${what}, p99`, unit: 'ms', figure: 'p99' }),
    ]
    return lines
  },
}
