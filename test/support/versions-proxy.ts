import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** By API key: the newest version that is allowed; null for none. */
export type VersionLimits = Readonly<Record<number, number | null>>

/** A proxy of a broker that narrows its ApiVersions response, as proxies and older brokers do. */
export interface VersionsProxy extends AsyncDisposable {
  /** Sets other limits; existing connections are cut. */
  limit(limits: VersionLimits): void
  /** Requests above the limits, `key/version`. They end their connection, as at a broker. */
  readonly refused: readonly string[]
}

const HOST = '127.0.0.1'
const API_VERSIONS = 18
const FLEXIBLE = 3

/** Passes on whole frames: a length of 32 bits, then that many bytes. */
const onFrames = (socket: Socket, take: (frame: Buffer) => void): void => {
  let rest = Buffer.alloc(0)
  socket.on('data', chunk => {
    rest = Buffer.concat([rest, chunk])
    while (rest.length >= 4 && rest.length >= 4 + rest.readInt32BE(0)) {
      const end = 4 + rest.readInt32BE(0)
      take(rest.subarray(4, end))
      rest = rest.subarray(end)
    }
  })
}

const framed = (body: Buffer): Buffer => {
  const length = Buffer.alloc(4)
  length.writeInt32BE(body.length)
  return Buffer.concat([length, body])
}

const uvarint = (bytes: Buffer, start: number): readonly [value: number, at: number] => {
  let value = 0
  for (let at = start, scale = 1; ; at++, scale *= 128) {
    const byte = bytes.readUInt8(at)
    value += (byte & 0x7f) * scale
    if (byte < 0x80) return [value, at + 1]
  }
}

const ofUvarint = (value: number): Buffer =>
  value < 0x80 ? Buffer.of(value) : Buffer.concat([Buffer.of((value % 128) | 0x80), ofUvarint(Math.floor(value / 128))])

/** An ApiVersions response, starting with the correlation id, with the limits applied. */
const narrowed = (answer: Buffer, version: number, limits: VersionLimits): Buffer => {
  const isFlexible = version >= FLEXIBLE
  const [count, first] = isFlexible ? uvarint(answer, 6) : [answer.readInt32BE(6) + 1, 10]
  const size = isFlexible ? 7 : 6
  const kept: Buffer[] = []
  for (let index = 0; index < count - 1; index++) {
    const entry = Buffer.from(answer.subarray(first + index * size, first + (index + 1) * size))
    const limit = limits[entry.readInt16BE(0)]
    if (limit === null || (limit !== undefined && limit < entry.readInt16BE(2))) continue
    if (limit !== undefined) entry.writeInt16BE(Math.min(limit, entry.readInt16BE(4)), 4)
    kept.push(entry)
  }
  const plainCount = Buffer.alloc(4)
  plainCount.writeInt32BE(kept.length)
  const head = isFlexible ? ofUvarint(kept.length + 1) : plainCount
  return Buffer.concat([answer.subarray(0, 6), head, ...kept, answer.subarray(first + (count - 1) * size)])
}

/** Starts the proxy on loopback; it listens until disposed. The broker must advertise `port` for it. */
export const startVersionsProxy = async (port: number, farPort: number): Promise<VersionsProxy> => {
  const refused: string[] = []
  const open = new Set<Socket>()
  let limits: VersionLimits = {}
  const server = createServer(near => {
    const far = connect({ host: HOST, port: farPort, noDelay: true })
    const asked = new Map<number, number>()
    onFrames(near, frame => {
      const [key, version] = [frame.readInt16BE(0), frame.readInt16BE(2)]
      const limit = limits[key]
      if (key === API_VERSIONS) asked.set(frame.readInt32BE(4), version)
      else if (limit === null || (limit !== undefined && version > limit)) {
        refused.push(`${key}/${version}`)
        near.destroy()
        return
      }
      far.write(framed(frame))
    })
    onFrames(far, frame => {
      const version = asked.get(frame.readInt32BE(0))
      asked.delete(frame.readInt32BE(0))
      const isNarrowed = version !== undefined && frame.readInt16BE(4) === 0
      near.write(framed(isNarrowed ? narrowed(frame, version, limits) : frame))
    })
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(one)
      one.on('error', () => {})
      one.on('close', () => {
        open.delete(one)
        other.destroy()
      })
    }
  })
  const cut = () => {
    for (const socket of open) socket.destroy()
  }
  server.listen(port, HOST)
  await once(server, 'listening')
  return {
    refused,
    limit(next) {
      limits = next
      cut()
    },
    async [Symbol.asyncDispose]() {
      server.close()
      cut()
    },
  }
}
