import { logLevel } from 'kafkajs'
import { describe, expect, it } from 'vitest'
import { metadataRequest } from '../../../../src/kafkajs/requests/cluster/metadata.ts'
import { openDoor } from '../../../../src/kafkajs/transport/kafkajs/door.ts'
import { guardFrames } from '../../../../src/kafkajs/transport/kafkajs/guard-frames.ts'
import { Link } from '../../../../src/kafkajs/transport/link.ts'
import { metadataAnswer, startScriptedBroker } from '../scripted-broker.ts'

const door = openDoor({ brokers: ['unused:1'], clientId: 'test', logLevel: logLevel.NOTHING, connectionTimeout: 1000 })
const API_VERSIONS = 18
const METADATA = 3

/** Bytes after an arbitrary length prefix. */
const saying = (length: number, bytes = 8): Buffer => {
  const frame = Buffer.alloc(4 + bytes)
  frame.writeInt32BE(length)
  return frame
}

const noKafka: readonly [string, Buffer, RegExp][] = [
  ['no bytes', saying(0, 0), /an answer of 0 bytes/],
  ['too few for a correlation id', saying(3, 3), /an answer of 3 bytes/],
  ['-1 bytes', saying(-1), /an answer of -1 bytes/],
  ['-4 bytes', saying(-4), /an answer of -4 bytes/],
  ['2 GiB', saying(0x7fffffff), /an answer of 2147483647 bytes/],
  ["a web server's response", Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'), /begins with "HTTP"/],
  ['a TLS alert', Buffer.from('15030100020228', 'hex'), /speaks TLS/],
]

describe.each(noKafka)('a response of %s', (_, raw, message) => {
  const refusal = { code: 'KAFKA_UNAVAILABLE', message: expect.stringMatching(message) }

  it('as the first one opens no link, and fails at once with the reason', async () => {
    await using broker = await startScriptedBroker({ [API_VERSIONS]: () => ({ raw }) })
    await expect(Link.open(door, broker.address, 30_000)).rejects.toMatchObject(refusal)
  })

  it('later closes only the link', async () => {
    await using broker = await startScriptedBroker({ [METADATA]: () => ({ raw }) })
    const link = await Link.open(door, broker.address, 1000)
    await expect(link.call(metadataRequest([]), 30_000)).rejects.toMatchObject(refusal)
    expect(link.isAlive).toBe(false)
  })

  it('after a valid one closes the link as well', async () => {
    const answer = metadataAnswer({ brokers: [] })
    await using broker = await startScriptedBroker({ [METADATA]: () => answer, 19: () => ({ raw }) })
    const link = await Link.open(door, broker.address, 1000)
    expect((await link.call(metadataRequest([]), 1000)).clusterId).toBe('scripted')
    const strange = { ...metadataRequest([]), apiKey: 19 }
    await expect(link.call(strange, 30_000)).rejects.toMatchObject(refusal)
  })
})

it('valid responses pass in chunks of any size; after a bad length nothing more is read', () => {
  const frames = Buffer.concat([saying(8), saying(4, 4), saying(100, 100)])
  for (let size = 1; size < frames.length; size++) {
    const read: Buffer[] = []
    const failures: Error[] = []
    const socket = {
      get destroyed() {
        return failures.length > 0
      },
      destroy: (error: Error) => void failures.push(error),
    }
    const connection = { socket, processData: (chunk: Buffer) => void read.push(chunk) }
    guardFrames(connection)
    for (let at = 0; at < frames.length; at += size)
      connection.processData(frames.subarray(at, Math.min(at + size, frames.length)))
    expect(failures).toEqual([])
    expect(Buffer.concat(read)).toEqual(frames)
    for (const byte of saying(-1)) connection.processData(Buffer.of(byte))
    expect(failures).toHaveLength(1)
    expect(Buffer.concat(read).length).toBe(frames.length + 3)
  }
})
