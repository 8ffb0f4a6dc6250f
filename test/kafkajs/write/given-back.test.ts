import fc from 'fast-check'
import { expect, it } from 'vitest'
import { KafkaError } from '../../../src/kafka/errors/kafka-error.ts'
import { MemoryBudget } from '../../../src/kafkajs/write/messages/memory-budget.ts'
import { ProduceCall } from '../../../src/kafkajs/write/messages/produce-call.ts'
import { testCall } from '../../support/call.ts'
import { outgoing } from './outgoing.ts'

const LIMIT = 5000
const ACTS = ['call', 'call', 'answer', 'answer again', 'give up', 'abort'] as const
const steps = fc.array(fc.record({ act: fc.constantFrom(...ACTS), which: fc.nat(20), size: fc.nat(900) }), {
  maxLength: 60,
})

it('in any order of answers, time-outs and aborts: each message is answered once, and no byte stays reserved', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async taken => {
      const budget = new MemoryBudget(LIMIT)
      const calls: { readonly call: ProduceCall; readonly caller: AbortController; readonly count: number }[] = []
      let done = 0
      for (const { act, which, size } of taken) {
        const one = calls[which % Math.max(1, calls.length)]
        if (act === 'call') {
          const caller = new AbortController()
          const messages = Array.from({ length: which % 5 }, () => outgoing({ value: Buffer.alloc(size) }))
          const options = { acks: 'ALL', compressionType: 'NONE', timeoutMs: 60_000, transactional: false } as const
          const call = new ProduceCall(
            { ...testCall, signal: caller.signal },
            messages,
            options,
            budget,
            () => (done += 1),
          )
          calls.push({ call, caller, count: messages.length })
        } else if (act === 'give up') one?.call.giveUp(new KafkaError('REQUEST_TIMED_OUT'))
        else if (act === 'abort') one?.caller.abort()
        else {
          const { accepted } = one?.call ?? { accepted: [] }
          const pending = act === 'answer' ? accepted.find(({ isAnswered }) => !isAnswered) : accepted[0]
          pending?.answer(new KafkaError('NOT_ENOUGH_REPLICAS'))
        }
        expect(budget.used).toBeGreaterThanOrEqual(0)
        expect(budget.used).toBeLessThanOrEqual(LIMIT)
      }
      for (const { call } of calls) call.giveUp(new KafkaError('CLOSED'))
      for (const { call, count } of calls) {
        const outcomes = await call.outcomes
        expect(outcomes).toHaveLength(count)
        expect(outcomes).not.toContain(undefined)
      }
      expect(done).toBe(calls.length)
      expect(budget.used).toBe(0)
    }),
    { numRuns: 1000 },
  )
})
