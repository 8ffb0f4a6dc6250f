import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { KafkaError } from '../../../src/kafka/errors/kafka-error.ts'
import { RegistryHealth } from '../../../src/payloads/registry/client/registry-health.ts'

const down = new KafkaError('SCHEMA_REGISTRY_UNAVAILABLE')

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }))
afterEach(() => void vi.useRealTimers())

test('the pause before the next attempt doubles with each attempt, up to 10 s', () => {
  const health = new RegistryHealth()
  health.failed(down)
  const pauses: number[] = []
  for (let attempt = 0; attempt < 8; attempt++) {
    let waited = 0
    for (; !health.takeProbe(); waited += 50) vi.advanceTimersByTime(50)
    pauses.push(waited)
    expect(health.takeProbe()).toBe(false)
    health.failed(down)
  }
  expect(pauses).toEqual([250, 500, 1000, 2000, 4000, 8000, 10_000, 10_000])
  health.answered()
  expect(health.trouble).toBeNull()
})

test('many requests that fail together count as one', () => {
  const health = new RegistryHealth()
  for (let request = 0; request < 100; request++) health.failed(down)
  vi.advanceTimersByTime(250)
  expect(health.takeProbe()).toBe(true)
})

test('an attempt whose caller left is followed by another one', () => {
  const health = new RegistryHealth()
  health.failed(down)
  vi.advanceTimersByTime(250)
  expect(health.takeProbe()).toBe(true)
  vi.advanceTimersByTime(10_000)
  expect(health.takeProbe()).toBe(true)
})

test('an attempt that made no request is left to the next caller', () => {
  const health = new RegistryHealth()
  health.failed(down)
  vi.advanceTimersByTime(250)
  expect(health.takeProbe()).toBe(true)
  health.releaseProbe()
  expect([health.takeProbe(), health.takeProbe()]).toEqual([true, false])
})

test('a few refusals do not count as no answer, five in a row do', () => {
  const health = new RegistryHealth()
  for (let refusal = 0; refusal < 4; refusal++) health.refused(down)
  expect(health.trouble).toBeNull()
  health.answered()
  for (let refusal = 0; refusal < 5; refusal++) health.refused(down)
  expect(health.trouble).toBe(down)
})
