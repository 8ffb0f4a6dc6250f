import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** A proxy between a client and a healthy broker that can delay, stall or cut the traffic. */
export interface Line extends AsyncDisposable {
  /** Resets every connection; new ones are accepted. */
  cut(): void
  /** Stalls all traffic in both directions, without closing anything. */
  hold(): void
  /** Resumes the stalled traffic. */
  release(): void
  /** True once this text has come from the far end, on any connection. */
  hasCarried(text: string): boolean
}

/** The ends of a line, on loopback. */
interface LineOptions {
  readonly port: number
  readonly farPort: number
  /** Delay of every byte, ms. */
  readonly delayMs?: number
}

const HOST = '127.0.0.1'
/** Characters that a line keeps of the data from its far end. */
const HEARD = 65_536

class Connection {
  readonly #ends: readonly [Socket, Socket]

  constructor(near: Socket, farPort: number, delayMs: number, hear: (chunk: Buffer) => void) {
    const far = connect({ host: HOST, port: farPort, noDelay: true })
    far.on('data', hear)
    this.#ends = [near, far]
    carry(near, far, delayMs)
    carry(far, near, delayMs)
  }

  hold(): void {
    for (const end of this.#ends) end.pause()
  }

  release(): void {
    for (const end of this.#ends) end.resume()
  }

  cut(): void {
    for (const end of this.#ends) end.resetAndDestroy()
  }
}

/** Passes data on after the delay, in order. */
const carry = (from: Socket, to: Socket, delayMs: number): void => {
  from.on('data', chunk => void setTimeout(() => to.destroyed || to.write(chunk), delayMs))
  from.on('close', () => void setTimeout(() => to.destroy(), delayMs))
  from.on('error', () => {})
}

/** Starts a line; it listens until disposed. */
export const startLine = async ({ port, farPort, delayMs = 0 }: LineOptions): Promise<Line> => {
  const open = new Set<Connection>()
  let isHeld = false
  let heard = ''
  const hear = (chunk: Buffer) => {
    heard = (heard + chunk.toString('latin1')).slice(-HEARD)
  }
  const server = createServer(near => {
    const connection = new Connection(near, farPort, delayMs, hear)
    open.add(connection)
    near.on('close', () => open.delete(connection))
    if (isHeld) connection.hold()
  })
  server.listen(port, HOST)
  await once(server, 'listening')
  const each = (act: (connection: Connection) => void) => {
    for (const connection of open) act(connection)
  }
  return {
    cut: () => each(connection => connection.cut()),
    hold() {
      isHeld = true
      each(connection => connection.hold())
    },
    release() {
      isHeld = false
      each(connection => connection.release())
    },
    hasCarried: text => heard.includes(text),
    async [Symbol.asyncDispose]() {
      server.close()
      each(connection => connection.cut())
    },
  }
}
