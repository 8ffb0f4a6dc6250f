import type { ExecutionResult } from 'graphql'
import { expect, test } from 'vitest'
import { ReadyResult } from '../../../src/server/pipeline/results/ready-result.ts'
import { createFrames } from '../../../src/server/websocket/frames.ts'
import { SentResults } from '../../../src/server/websocket/sent-results.ts'

const READY = new ReadyResult('{"data":{"a":1}}')
const PLAIN: ExecutionResult = { data: { a: 2 } }

/** Results that a test gives one by one, and what was sent of them. */
const scene = () => {
  const waiting: ((step: IteratorResult<ExecutionResult>) => void)[] = []
  const failing: ((thrown: unknown) => void)[] = []
  const given: IteratorResult<ExecutionResult>[] = []
  const results: AsyncIterableIterator<ExecutionResult> = {
    next: () =>
      new Promise((resolve, reject) => {
        const step = given.shift()
        if (step !== undefined) return resolve(step)
        waiting.push(resolve)
        failing.push(reject)
      }),
    return: async () => {
      returns += 1
      waiting.shift()?.({ done: true, value: undefined })
      return { done: true, value: undefined }
    },
    [Symbol.asyncIterator]: () => results,
  }
  const sent: string[] = []
  let returns = 0
  /** Lets the sender go on, when it waits. */
  let go = () => {}
  let isSlow = false
  const sender = {
    sendFrame: ({ pieces }: { readonly pieces: readonly Buffer[] }) => {
      sent.push(Buffer.concat(pieces).toString('utf8', 2))
      if (!isSlow) return
      return new Promise<void>(resolve => (go = resolve))
    },
  }
  const give = (value: ExecutionResult) => given.push({ done: false, value })
  return {
    results: new SentResults(results, '1', createFrames(), sender),
    sent,
    returns: () => returns,
    refuse: () => {
      sender.sendFrame = () => {
        throw new Error('no frame')
      }
    },
    give,
    fail: (thrown: unknown) => failing.shift()?.(thrown),
    slow: () => {
      isSlow = true
      return () => go()
    },
  }
}

const FRAME = '{"id":"1","type":"next","payload":{"data":{"a":1}}}'

test('serialised results are sent, in order; others go to graphql-ws', async () => {
  const { results, sent, give } = scene()
  for (const each of [READY, READY, PLAIN, READY, PLAIN]) give(each)
  expect(await results.next()).toEqual({ done: false, value: PLAIN })
  expect(sent).toEqual([FRAME, FRAME])
  expect(await results.next()).toEqual({ done: false, value: PLAIN })
  expect(sent).toHaveLength(3)
})

test('the next result waits until the client takes the last one', async () => {
  const { results, sent, give, slow } = scene()
  const go = slow()
  for (const each of [READY, READY, PLAIN]) give(each)
  const next = results.next()
  await new Promise(setImmediate)
  expect(sent).toHaveLength(1)
  go()
  await new Promise(setImmediate)
  expect(sent).toHaveLength(2)
  go()
  expect(await next).toEqual({ done: false, value: PLAIN })
})

test('the end and a failure reach graphql-ws while it waits', async () => {
  const ended = scene()
  const end = ended.results.next()
  await ended.results.return()
  expect(await end).toEqual({ done: true, value: undefined })
  const failed = scene()
  const failure = failed.results.next()
  failed.fail(new Error('lost'))
  await expect(failure).rejects.toThrow('lost')
})

test('a frame that cannot be sent ends the source', async () => {
  const { results, give, refuse, returns } = scene()
  refuse()
  give(READY)
  await expect(results.next()).rejects.toThrow('no frame')
  expect(returns()).toBe(1)
})
