import { expect, test } from 'vitest'
import { ReadyResult, serialised } from '../../../src/server/pipeline/results/ready-result.ts'
import { createFrames, ReadyFrame } from '../../../src/server/websocket/frames.ts'

const next = (id: string, payload: unknown) => JSON.stringify({ id, type: 'next', payload })

/** The message of a frame whose header, for a message of so many bytes, is right. */
const messageOf = (frame: string | ReadyFrame): unknown => {
  if (!(frame instanceof ReadyFrame)) throw new Error(frame)
  const bytes = Buffer.concat(frame.pieces)
  const length = bytes[1] ?? 0
  const [header, claimed] =
    length < 126 ? [2, length] : length === 126 ? [4, bytes.readUInt16BE(2)] : [10, Number(bytes.readBigUInt64BE(2))]
  expect(bytes[0]).toBe(0x81)
  expect(bytes.length - header).toBe(claimed)
  return JSON.parse(bytes.toString('utf8', header))
}

test.each([
  ['short', 'x'],
  ['medium', 'ö'.repeat(100)],
  ['long', 'ö'.repeat(10_000)],
  ['very long', 'ö'.repeat(40_000)],
])('a %s ready result in its frame equals one serialised there', (_, value) => {
  const { placeholder, splice } = createFrames()
  const result = { data: { messages: { value: `} "quoted" 0}${value}`, offset: '9007199254740993' } } }
  const frame = next('a"b', placeholder(new ReadyResult(JSON.stringify(result))))
  expect(messageOf(splice(frame))).toEqual({ id: 'a"b', type: 'next', payload: result })
})

test('other frames stay unchanged, before and after', () => {
  const { placeholder, splice } = createFrames()
  const plain = next('1', { data: 0 })
  expect(splice(plain)).toBe(plain)
  splice(next('2', placeholder(new ReadyResult('{"data":1}'))))
  expect(splice(plain)).toBe(plain)
})

test('a result is serialised once at most', () => {
  expect(serialised(new ReadyResult('{"data":1}'))).toBe('{"data":1}')
  expect(serialised({ data: { a: 1 } })).toBe('{"data":{"a":1}}')
})

test('the frames of a subscription are those of its other results', () => {
  const { startOf, frameOf, placeholder, splice } = createFrames()
  const result = new ReadyResult('{"data":{"a":"ö"}}')
  for (const id of ['1', 'a"b', '']) {
    const frame = frameOf(startOf(id), result)
    expect(frame).toEqual(splice(next(id, placeholder(result))))
    expect(messageOf(frame)).toEqual({ id, type: 'next', payload: { data: { a: 'ö' } } })
    // The next subscriber with that id.
    expect(frameOf(startOf(id), result)).toBe(frame)
  }
  expect(messageOf(frameOf(startOf('1'), new ReadyResult('1')))).toEqual({ id: '1', type: 'next', payload: 1 })
})
