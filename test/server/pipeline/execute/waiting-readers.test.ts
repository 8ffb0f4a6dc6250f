import { expect, test, vi } from 'vitest'
import { Permits } from '../../../../src/async/permits.ts'
import { HeldPermit } from '../../../../src/server/pipeline/results/held-permit.ts'

const limits = { most: 4, mostWaiting: 10, patienceMs: 20 }

test('larger requests are served in order: small ones do not overtake them', () => {
  const permits = new Permits(limits)
  const served: string[] = []
  expect(permits.take(3)).toBe(true)
  permits.wait(() => served.push('large'), { units: 4 })
  expect(permits.take()).toBe(false)
  permits.wait(() => served.push('small'))
  expect(served).toEqual([])
  permits.give(3)
  expect([served, permits.given]).toEqual([['large'], 4])
  permits.give(4)
  expect([served, permits.given]).toEqual([['large', 'small'], 1])
})

test('a request for more than there is gets all, and gives all back', () => {
  const permits = new Permits(limits)
  expect(permits.take(99)).toBe(true)
  expect(permits.given).toBe(4)
  permits.give(99)
  expect(permits.given).toBe(0)
})

test('one that leaves the queue lets those behind it pass', () => {
  const permits = new Permits(limits)
  const served: string[] = []
  permits.take(3)
  const large = () => served.push('large')
  permits.wait(large, { units: 4 })
  permits.wait(() => served.push('small'))
  permits.leave(large)
  expect(served).toEqual(['small'])
})

test('a client that reads too slowly is cut off once others wait, the oldest first', async () => {
  const permits = new Permits({ ...limits, most: 2 })
  const cut: string[] = []
  const holders = ['first', 'second'].map(name => {
    const permit = new HeldPermit(permits)
    permit.take()
    permit.sending(() => {
      cut.push(name)
      permit.giveBack()
    })
    return permit
  })
  let served = 0
  permits.wait(() => {
    served += 1
  })
  await vi.waitFor(() => expect(served).toBe(1), { timeout: 30_000 })
  expect(cut).toEqual(['first'])
  for (const holder of holders) holder.giveBack()
  expect(permits.given).toBe(1)
})

test('nobody is cut off while nobody waits', async () => {
  const permits = new Permits({ ...limits, patienceMs: 1 })
  const permit = new HeldPermit(permits, 4)
  let isCut = false
  permit.take()
  permit.sending(() => {
    isCut = true
  })
  for (let turn = 0; turn < 20; turn++) await new Promise(resolve => setTimeout(resolve, 1))
  expect(isCut).toBe(false)
  permit.giveBack()
  // What is sent is never cut off.
  expect(permits.take(4)).toBe(true)
  let isServed = false
  permits.wait(() => {
    isServed = true
  })
  for (let turn = 0; turn < 20; turn++) await new Promise(resolve => setTimeout(resolve, 1))
  expect([isCut, isServed]).toEqual([false, false])
})
