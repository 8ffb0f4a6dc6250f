import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually } from '../../support/eventually.ts'
import { type FrameShape, frame, rawSocket, writePieces } from '../support/raw-frames.ts'
import { openSocket, type SocketClient } from '../support/socket-client.ts'
import { startTestServer, type TestServer } from '../support/start-test-server.ts'

const TEXT = 1
const BINARY = 2
const CONTINUATION = 0
const CLOSE = 8
const PING = 9
const PONG = 10

let server: TestServer
let witness: SocketClient
const uncaught: unknown[] = []
const onUncaught = (thrown: unknown) => void uncaught.push(thrown)

beforeAll(async () => {
  process.on('uncaughtException', onUncaught)
  server = await startTestServer({ limits: { maxSockets: 2000 } })
  witness = await openSocket(server.socketUrl)
})
afterAll(async () => {
  witness[Symbol.dispose]()
  await server.close()
  process.off('uncaughtException', onUncaught)
})

/** Checks that another connection, open all the time, is served, and that no error has reached the process. */
const isUnharmed = async (id: string): Promise<void> => {
  witness.subscribe(id, '{ hello }')
  const answered = () => witness.messages.filter(message => message.id === id).map(({ type }) => type)
  await eventually(() => expect(answered()).toEqual(['next', 'complete']))
  expect(uncaught.splice(0)).toEqual([])
}

const INIT = frame(TEXT, '{"type":"connection_init"}')
const NOT_UTF8 = Buffer.from([0xff])

/** Sends the pieces on their own connection, once before and once after `connection_init`. */
const attack = async (pieces: readonly Buffer[]): Promise<void> => {
  const sockets = await Promise.all([rawSocket(server.port), rawSocket(server.port)])
  await Promise.all(sockets.map((socket, index) => writePieces(socket, index === 0 ? pieces : [INIT, ...pieces])))
  for (const socket of sockets) socket.destroy()
}

const repeated = (one: Buffer, times: number): Buffer => Buffer.concat(Array.from({ length: times }, () => one))

test('frames after a text that is not UTF-8, while pongs are still queued, end only their connection', async () => {
  for (let round = 0; round < 5; round++)
    await attack([repeated(frame(PONG, 'p'), 2000), frame(TEXT, NOT_UTF8), frame(TEXT, 'x')])
  await isUnharmed('pongs')
})

const BROKEN: Readonly<Record<string, Buffer>> = {
  'a text that is not UTF-8': frame(TEXT, NOT_UTF8),
  'a character cut in two by its fragments': Buffer.concat([
    frame(TEXT, Buffer.from([0xe2, 0x82]), { fin: false }),
    frame(CONTINUATION, 'x'),
  ]),
  'reserved bits': frame(TEXT, 'x', { rsv: 3 }),
  'a compressed frame, without compression': frame(TEXT, Buffer.from([0x00, 0xff, 0xff]), { rsv: 4 }),
  'an unmasked frame': frame(TEXT, '{}', { masked: false }),
  'an unknown kind of frame': frame(5, 'x'),
  'an unknown kind of control frame': frame(13, 'x'),
  'a fragmented ping': frame(PING, 'x', { fin: false }),
  'a ping that is too long': frame(PING, Buffer.alloc(126)),
  'a continuation of nothing': frame(CONTINUATION, 'x'),
  'a new message inside another': Buffer.concat([frame(TEXT, '{', { fin: false }), frame(TEXT, '}')]),
  'a close frame of one byte': frame(CLOSE, Buffer.from([3])),
  'a close frame with a code that none may send': frame(CLOSE, Buffer.from([0x03, 0xed])),
  'a close frame with a reason that is not UTF-8': frame(CLOSE, Buffer.from([0x03, 0xe8, 0xff])),
  'a length of 2^63': frame(BINARY, 'x', { claims: 2n ** 63n }),
  'a length of 4 GiB': frame(BINARY, 'x', { claims: 2n ** 32n }),
  'a length just above the limit': frame(TEXT, 'x', { claims: 2n * 1024n * 1024n + 1n }),
}

test.each(Object.entries(BROKEN))(
  '%s ends only its connection, with any frames before and after it',
  async (name, broken) => {
    const many = [repeated(frame(PONG, 'p'), 300), repeated(frame(TEXT, '{"type":"pong"}'), 300)]
    for (const before of [...many, Buffer.alloc(0)])
      for (const behind of [frame(TEXT, 'x'), frame(PONG, 'p'), broken, frame(CLOSE, Buffer.from([0x03, 0xe8]))]) {
        await attack([before, broken, behind, behind])
        await attack([Buffer.concat([before, broken, behind]), behind])
      }
    await isUnharmed(name)
  },
)

/** Small pseudo-random numbers, the same for the same seed. */
const randomBy = (seed: number) => {
  let state = seed
  return (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

const anyShape = (random: (below: number) => number): FrameShape => ({
  fin: random(4) > 0,
  rsv: random(12) === 0 ? random(8) : 0,
  masked: random(20) > 0,
  ...(random(30) === 0 ? { claims: BigInt(random(2 ** 31)) ** 2n } : {}),
})

const anyFrame = (random: (below: number) => number): Buffer => {
  const opcode = [TEXT, TEXT, BINARY, CONTINUATION, PING, PONG, PONG, CLOSE][random(8)] ?? random(16)
  const payload = [Buffer.alloc(random(200), random(256)), Buffer.from('{"type":"ping"}'), NOT_UTF8][random(3)] ?? ''
  return repeated(frame(opcode, payload, anyShape(random)), random(10) === 0 ? 100 : 1)
}

/** The bytes, cut at random places. */
const anyPieces = (bytes: Buffer, random: (below: number) => number): readonly Buffer[] => {
  const pieces: Buffer[] = []
  for (let at = 0; at < bytes.length; ) {
    const end = at + 1 + random(random(3) === 0 ? 5 : bytes.length)
    pieces.push(bytes.subarray(at, end))
    at = end
  }
  return pieces.slice(0, 12)
}

test('random frames, cut at random places, end only their connection', async () => {
  const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 1e9))
  const random = randomBy(seed)
  for (let round = 0; round < 30; round++) {
    const attacks = Array.from({ length: 10 }, () => {
      const bytes = Buffer.concat(Array.from({ length: 1 + random(12) }, () => anyFrame(random)))
      return anyPieces(bytes, random)
    })
    await Promise.all(attacks.map(attack))
  }
  await isUnharmed(`seed ${seed}`)
})
