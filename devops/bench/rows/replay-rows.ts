import type { Sample } from '../harness/alternate.ts'
import { type Line, line } from '../harness/line.ts'
import type { Row } from '../harness/row.ts'
import { replayed, store } from './replay.ts'

const unit = 'messages/s'
const stallAim = { text: '≤ 50 ms', isMet: (figures: { ours: number }) => figures.ours <= 50 }

const stallLine = (row: string, what: string, ours: readonly Sample[]): Line =>
  line({ row, what: `${what}: longest event-loop stall`, unit: 'ms', ours, figure: 'stall', aim: stallAim })

/** Stored messages with both subscriptions, small and large. */
export const replay: Row = {
  name: 'replay',
  about: 'one subscriber reads 200,000 stored messages of 100 bytes and of 1 KB, against KafkaJS eachBatch',
  run: async stage => {
    const lines: Line[] = []
    for (const bytes of [100, 1000]) {
      const stored = await store(stage, stage.sized(200_000), bytes)
      const { stream, single, eachBatch } = await replayed(stage, stored, false)
      const size = bytes === 100 ? '100 bytes' : '1 KB'
      const what = `one subscriber, 200,000 stored messages of ${size}`
      const others = [['KafkaJS eachBatch', eachBatch]] as const
      lines.push(
        line({ row: 'replay', what: `${what}, messageStream`, unit, ours: stream, others }),
        line({ row: 'replay', what: `${what}, messages`, unit, ours: single, others }),
        stallLine('replay', `${what}, messages`, single),
      )
    }
    return lines
  },
}

/** A million stored messages in batches. */
export const replayMillion: Row = {
  name: 'replay-million',
  about:
    'one subscriber reads 1,000,000 stored 100-byte messages through messageStream, against KafkaJS and the console consumer',
  run: async stage => {
    const stored = await store(stage, stage.sized(1_000_000), 100)
    const { stream, single: consoleConsumer, eachBatch } = await replayed(stage, stored, true)
    const what = 'one subscriber, 1,000,000 stored messages of 100 bytes, messageStream'
    const row = 'replay-million'
    return [
      line({
        ...{ row, what, unit, ours: stream },
        others: [['KafkaJS eachBatch', eachBatch]],
        aim: { text: '≥ 0.5 of eachBatch', isMet: ({ compared }) => compared >= 0.5 },
      }),
      line({
        ...{ row, what, unit, ours: stream },
        others: [["Kafka's console consumer to /dev/null", consoleConsumer]],
        aim: { text: 'ahead of the console consumer', isMet: ({ compared }) => compared > 1 },
        notes: ["the console consumer's time includes the start of Java"],
      }),
      stallLine(row, what, stream),
    ]
  },
}
