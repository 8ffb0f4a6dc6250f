import { logLevel } from 'kafkajs'
import { describe, expect, it, vi } from 'vitest'
import { KafkaError } from '../../../src/kafka/errors/kafka-error.ts'
import { metadataRequest } from '../../../src/kafkajs/requests/cluster/metadata.ts'
import { openDoor } from '../../../src/kafkajs/transport/kafkajs/door.ts'
import { Link } from '../../../src/kafkajs/transport/link.ts'
import { Links } from '../../../src/kafkajs/transport/links.ts'
import { pause } from '../../../src/kafkajs/transport/wait.ts'
import { freePort } from '../../support/free-port.ts'
import { type Answer, apiVersionsAnswer, metadataAnswer, startScriptedBroker } from './scripted-broker.ts'

const door = openDoor({ brokers: ['unused:1'], clientId: 'test', logLevel: logLevel.NOTHING, connectionTimeout: 1000 })
const unavailable = { code: 'KAFKA_UNAVAILABLE' }
const METADATA = 3

const answering = (answer: () => Answer) => startScriptedBroker({ [METADATA]: answer })
const sound = () => metadataAnswer({ brokers: [] })

it('carries a request and its response', async () => {
  await using broker = await answering(sound)
  const link = await Link.open(door, broker.address, 1000)
  expect((await link.call(metadataRequest([]), 1000)).clusterId).toBe('scripted')
  link.destroy(new KafkaError('CLOSED'))
})

it.each<[string, Answer]>([
  ['hangs up', 'hang up'],
  ['is silent', 'silence'],
  ['hangs up within a response', { cut: metadataAnswer({ brokers: [] }) }],
])('fails and is dead if the broker %s', async (_, answer) => {
  await using broker = await answering(() => answer)
  const link = await Link.open(door, broker.address, 1000)
  await expect(link.call(metadataRequest([]), 200)).rejects.toMatchObject(unavailable)
  expect(link.isAlive).toBe(false)
  await expect(link.call(metadataRequest([]), 200)).rejects.toMatchObject(unavailable)
})

it('detects a silent broker even if the clock is set back by an hour', async () => {
  await using broker = await answering(() => 'silence')
  const link = await Link.open(door, broker.address, 1000)
  vi.useFakeTimers({ toFake: ['Date'] })
  try {
    const asked = link.call(metadataRequest([]), 200)
    vi.setSystemTime(Date.now() - 3_600_000)
    await expect(asked).rejects.toMatchObject(unavailable)
  } finally {
    vi.useRealTimers()
  }
})

it('refuses a response that ends early or declares too much', async () => {
  const damaged = [Buffer.alloc(2), Buffer.from('00000000ffffffff0f', 'hex'), Buffer.alloc(0)]
  for (const bytes of damaged) {
    await using broker = await answering(() => bytes)
    const link = await Link.open(door, broker.address, 1000)
    await expect(link.call(metadataRequest([]), 1000)).rejects.toMatchObject({ code: 'CORRUPT_MESSAGE' })
    expect(link.isAlive).toBe(false)
  }
})

it('does not open if nothing listens or nothing answers', async () => {
  const closed = `127.0.0.1:${await freePort()}`
  await expect(Link.open(door, closed, 1000)).rejects.toMatchObject(unavailable)
  await using mute = await startScriptedBroker({ 18: () => 'silence' })
  await expect(Link.open(door, mute.address, 300)).rejects.toMatchObject(unavailable)
})

it('retires: requests in flight finish, then it closes', async () => {
  let answer: (bytes: Buffer) => void = () => {}
  const later = new Promise<Buffer>(resolve => {
    answer = resolve
  })
  await using broker = await startScriptedBroker({ [METADATA]: () => later })
  const link = await Link.open(door, broker.address, 1000)
  const asked = link.call(metadataRequest([]), 5000)
  link.retire()
  expect(link.isAlive).toBe(true)
  answer(sound())
  expect((await asked).clusterId).toBe('scripted')
  expect(link.isAlive).toBe(false)
})

it('refuses requests that the broker does not support, and survives', async () => {
  await using broker = await startScriptedBroker({})
  const link = await Link.open(door, broker.address, 1000)
  await expect(link.call(metadataRequest([]), 1000)).rejects.toMatchObject({ code: 'UNSUPPORTED_VERSION' })
  expect(broker.asked).toEqual([18])
  expect(link.isAlive).toBe(true)
  link.destroy(new KafkaError('CLOSED'))
})

describe('a broker that throttles because a quota is exceeded', () => {
  const throttling = (throttleMs: number) => metadataAnswer({ brokers: [], throttleMs })

  it('may be silent for longer, also for pending requests, and receives nothing meanwhile', async () => {
    let finish: (answer: Buffer) => void = () => {}
    const late = new Promise<Buffer>(resolve => {
      finish = resolve
    })
    const answers = [throttling(500), late, sound()]
    await using broker = await startScriptedBroker({ [METADATA]: () => answers.shift() ?? 'silence' })
    const link = await Link.open(door, broker.address, 1000)
    const [first, underWay] = [link.call(metadataRequest([]), 200), link.call(metadataRequest([]), 200)]
    await first
    const asked = link.call(metadataRequest([]), 600)
    await pause(300)
    expect(broker.asked).toEqual([18, METADATA, METADATA])
    finish(sound())
    expect((await underWay).clusterId).toBe('scripted')
    expect((await asked).clusterId).toBe('scripted')
    expect(link.isAlive).toBe(true)
    link.destroy(new KafkaError('CLOSED'))
  })

  it('receives no request that cannot wait that long; the link survives', async () => {
    await using broker = await answering(() => throttling(1500))
    const link = await Link.open(door, broker.address, 1000)
    await link.call(metadataRequest([]), 1000)
    const refusal = { code: 'THROTTLING_QUOTA_EXCEEDED', retriable: true }
    await expect(link.call(metadataRequest([]), 1000)).rejects.toMatchObject(refusal)
    expect(broker.asked).toEqual([18, METADATA])
    expect(link.isAlive).toBe(true)
    link.destroy(new KafkaError('CLOSED'))
  })

  it('can throttle for at most a minute', async () => {
    await using broker = await answering(() => throttling(0x7fffffff))
    const link = await Link.open(door, broker.address, 1000)
    await link.call(metadataRequest([]), 1000)
    await expect(link.untilUnthrottled(1000)).rejects.toMatchObject({
      message: expect.stringMatching(/another [1-6]?\d{4} ms/),
    })
    link.destroy(new KafkaError('CLOSED'))
  })
})

it('is shared, and replaced after a failure', async () => {
  let answer: Answer = { cut: sound() }
  await using broker = await answering(() => answer)
  using links = new Links(door, { connectMs: 1000, idleMs: 1000 })
  const first = await links.get(broker.address, 'control')
  expect(await links.get(broker.address, 'control')).toBe(first)
  expect(await links.get(broker.address, 'admin')).not.toBe(first)
  await expect(first.call(metadataRequest([]), 1000)).rejects.toMatchObject(unavailable)
  answer = sound()
  const second = await links.get(broker.address, 'control')
  expect((await second.call(metadataRequest([]), 1000)).clusterId).toBe('scripted')
})

it('fails pending requests when the links are closed, and opens no more', async () => {
  await using broker = await answering(() => 'silence')
  const links = new Links(door, { connectMs: 1000, idleMs: 1000 })
  const waiting = (await links.get(broker.address, 'control')).call(metadataRequest([]), 30_000)
  links[Symbol.dispose]()
  await expect(waiting).rejects.toMatchObject({ code: 'CLOSED' })
  await expect(links.get(broker.address, 'control')).rejects.toMatchObject({ code: 'CLOSED' })
  expect(links.size).toBe(0)
})

it('reports why an address is unreachable, until a connection to it is open', async () => {
  let isDeaf = false
  await using broker = await startScriptedBroker({
    18: () => (isDeaf ? 'silence' : apiVersionsAnswer([METADATA])),
    [METADATA]: sound,
  })
  const told: (string | null)[] = []
  const onTrouble = (address: string, error: KafkaError | null) => {
    expect(address).toBe(broker.address)
    told.push(error?.code ?? null)
  }
  using links = new Links(door, { connectMs: 200, idleMs: 1000 }, onTrouble)
  const control = await links.get(broker.address, 'control')
  expect(links.unreached(broker.address)).toBeNull()
  isDeaf = true
  await expect(links.get(broker.address, 'produce')).rejects.toMatchObject(unavailable)
  await expect(links.get(broker.address, 'produce')).rejects.toMatchObject(unavailable)
  expect(links.troubleWith(broker.address)).toMatchObject(unavailable)
  expect(links.unreached(broker.address)).toBeNull()
  control.destroy(new KafkaError('KAFKA_UNAVAILABLE'))
  expect(links.unreached(broker.address)).toMatchObject({ message: expect.stringContaining(broker.address) })
  isDeaf = false
  await links.get(broker.address, 'produce')
  expect(links.unreached(broker.address)).toBeNull()
  expect(links.troubleWith(broker.address)).toBeNull()
  expect(told).toEqual(['KAFKA_UNAVAILABLE', null])
})
