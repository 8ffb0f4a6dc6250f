import { alternate, type Sample } from '../harness/alternate.ts'
import { type Child, startRole } from '../harness/child.ts'
import { line } from '../harness/line.ts'
import type { Row } from '../harness/row.ts'
import type { Stage } from '../harness/stage.ts'
import type { Decoder, decoderCalls } from '../load/decoder.ts'

const MS = 1000

const startDecoder = async (decoder: Decoder): Promise<Child<typeof decoderCalls>> => {
  const child = await startRole<typeof decoderCalls>('decoder')
  await child.call('prepare', { decoder })
  return child
}

const measure = async (stage: Stage) => {
  await using ours = await startDecoder('ours')
  await using field = await startDecoder('one field by ours')
  await using avsc = await startDecoder('avsc')
  await using json = await startDecoder('JSON.parse')
  const ms = Math.max(200, stage.sized(MS))
  const sample = async (child: typeof ours): Promise<Sample> => ({ value: await child.call('measure', { ms }) })
  return await alternate(
    { ours: () => sample(ours), avsc: () => sample(avsc), json: () => sample(json), field: () => sample(field) },
    stage.rounds,
  )
}

/** Processor time only: no Kafka, no sockets. */
export const decode: Row = {
  name: 'decode',
  about: 'Avro decode of a nested record of about 1 KB, and of one of its fields, against avsc and JSON.parse',
  run: async stage => {
    const { ours, avsc, json, field } = await measure(stage)
    const what = 'Avro decode of a nested record of 12 fields, about 1 KB as JSON'
    const shared = { row: 'decode', unit: 'decodes/s', what, ours }
    return [
      line({
        ...shared,
        others: [['avsc, which generates code', avsc]],
        aim: { text: '≥ 0.8 × avsc', isMet: ({ compared }) => compared >= 0.8 },
        notes: ['each process has decoded 30 other schemas before'],
      }),
      line({
        ...shared,
        others: [['JSON.parse of the same', json]],
        aim: { text: '≥ 1.5 × JSON.parse', isMet: ({ compared }) => compared >= 1.5 },
      }),
      line({
        ...shared,
        what: 'one field of it, in the middle',
        ours: field,
        others: [['the whole', ours]],
        aim: { text: '≥ 3 × the whole', isMet: ({ compared }) => compared >= 3 },
      }),
    ]
  },
}
