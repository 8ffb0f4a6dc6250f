import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FrameReader } from '../../devops/bench/load/frame-reader.ts'

const serverFrame = (opcode: number, payload: Buffer, isFinal = true): Buffer => {
  const { length } = payload
  const header = Buffer.alloc(length < 126 ? 2 : length < 65_536 ? 4 : 10)
  header[0] = (isFinal ? 0x80 : 0) | opcode
  header[1] = length < 126 ? length : length < 65_536 ? 126 : 127
  if (header.length === 4) header.writeUInt16BE(length, 2)
  if (header.length === 10) header.writeBigUInt64BE(BigInt(length), 2)
  return Buffer.concat([header, payload])
}

const next = (marks: number, padding: number): Buffer =>
  Buffer.from(`{"id":"1","type":"next","payload":"${'~'.repeat(marks)}${'é'.repeat(padding)}"}`)

const sizes = fc.array(fc.tuple(fc.nat(300), fc.nat(40_000), fc.boolean()), { maxLength: 8 })

test('the load client counts every message and reads every other frame, in any fragmentation', () => {
  fc.assert(
    fc.property(
      sizes,
      fc.array(fc.integer({ min: 1, max: 70_000 }), { minLength: 1, maxLength: 20 }),
      (frames, cuts) => {
        const texts: string[] = []
        let marks = 0
        let pings = 0
        const sink = {
          onMarks: (count: number) => {
            marks += count
          },
          onText: (text: string) => void texts.push(text),
          onPing: () => {
            pings++
          },
          onClose: () => undefined,
        }
        const reader = new FrameReader(sink, false)
        const bytes = frames.flatMap(([count, padding, isFragmented]) => {
          const payload = next(count, padding)
          const parts = isFragmented
            ? [serverFrame(1, payload.subarray(0, 30), false), serverFrame(0, payload.subarray(30))]
            : [serverFrame(1, payload)]
          return [
            ...parts,
            serverFrame(9, Buffer.from('p')),
            serverFrame(1, Buffer.from('{"id":"1","type":"complete"}')),
          ]
        })
        const all = Buffer.concat(bytes)
        for (let at = 0, i = 0; at < all.length; i++) {
          const length = cuts[i % cuts.length] ?? 1
          reader.push(all.subarray(at, at + length))
          at += length
        }
        expect(marks).toBe(frames.reduce((sum, [count]) => sum + count, 0))
        expect(pings).toBe(frames.length)
        expect(texts).toEqual(frames.map(() => '{"id":"1","type":"complete"}'))
      },
    ),
    { numRuns: 60 },
  )
})
