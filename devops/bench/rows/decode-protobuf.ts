import { isDeepStrictEqual } from 'node:util'
import { alternate, type Sample } from '../harness/alternate.ts'
import { startRole } from '../harness/child.ts'
import { line } from '../harness/line.ts'
import type { Row } from '../harness/row.ts'
import type { Stage } from '../harness/stage.ts'
import type { ProtobufDecoder, protobufDecoderCalls } from '../load/protobuf-decoder.ts'

const MS = 1000

const startDecoder = async (decoder: ProtobufDecoder) => {
  const child = await startRole<typeof protobufDecoderCalls>('protobuf-decoder')
  return {
    child,
    value: await child.call('prepare', { decoder }),
    [Symbol.asyncDispose]: () => child[Symbol.asyncDispose](),
  }
}

const measure = async (stage: Stage) => {
  await using ours = await startDecoder('ours')
  await using field = await startDecoder('one field by ours')
  await using peer = await startDecoder('protobufjs')
  await using json = await startDecoder('JSON.parse')
  if (!isDeepStrictEqual(ours.value, peer.value)) throw new Error('protobufjs and ours read different values')
  const ms = Math.max(200, stage.sized(MS))
  const sample = async ({ child }: typeof ours): Promise<Sample> => ({ value: await child.call('measure', { ms }) })
  return await alternate(
    { ours: () => sample(ours), peer: () => sample(peer), json: () => sample(json), field: () => sample(field) },
    stage.rounds,
  )
}

/** Processor time only: no Kafka, no sockets. */
export const decodeProtobuf: Row = {
  name: 'decode-protobuf',
  about:
    'Protobuf decode of a nested message of about 1 KB, and of one of its fields, against protobufjs and JSON.parse',
  run: async stage => {
    const { ours, peer, json, field } = await measure(stage)
    const what = 'Protobuf decode of a nested message of 12 fields, about 1 KB as JSON'
    const shared = { row: 'decode-protobuf', unit: 'decodes/s', what, ours }
    return [
      line({
        ...shared,
        others: [['protobufjs decode and toObject, which generate code', peer]],
        aim: { text: '≥ 1.0 × protobufjs', isMet: ({ compared }) => compared >= 1 },
        notes: ['each process has decoded 30 other schemas before'],
      }),
      line({ ...shared, others: [['JSON.parse of the same', json]] }),
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
