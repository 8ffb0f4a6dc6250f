import { Writable } from 'node:stream'
import { expect, test } from 'vitest'
import { createLogger } from '../../src/observe/log.ts'

const collect = (isTTY: boolean) => {
  const written: string[] = []
  const stream = new Writable({
    write: (chunk, _encoding, done) => {
      written.push(String(chunk))
      done()
    },
  })
  return { written, stream: Object.assign(stream, { isTTY }) }
}

test('lines are JSON, with the fields and the message', () => {
  const { written, stream } = collect(false)
  createLogger('info', stream).info({ topic: 'orders', err: new Error('broken') }, 'hello')
  expect(JSON.parse(written.join(''))).toMatchObject({
    level: 30,
    topic: 'orders',
    msg: 'hello',
    err: { message: 'broken' },
  })
})

test('what is below the level is not written, and secrets never are', () => {
  const { written, stream } = collect(false)
  const log = createLogger('warn', stream)
  log.info({}, 'quiet')
  log.warn({ password: 'secret', config: { sasl: 'secret' } }, 'loud')
  expect(written).toHaveLength(1)
  expect(written[0]).not.toContain('secret')
})
