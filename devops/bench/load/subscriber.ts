import { type FrameSocket, openFrameSocket } from './frame-socket.ts'

/** The operation of one subscriber. */
export interface Subscription {
  readonly query: string
  readonly variables: Readonly<Record<string, unknown>>
}

/** What to record: the count, or the latency from the time in each message. */
export type Watching = 'count' | 'latency'

/** Microseconds of the clock that all processes of the machine share. */
export const sharedMicros = (): number => Number(process.hrtime.bigint() / 1000n)

/** One GraphQL subscriber that counts its messages. */
export class Subscriber {
  /** Messages since it subscribed. */
  count = 0
  /** Delivery time minus send time, microseconds. Only recorded when watching latency. */
  readonly latencies: number[] = []
  /** When the first message arrived, shared microseconds. */
  firstAt = 0
  /** When `count` reached `target`, shared microseconds; 0 before. */
  reachedAt = 0
  /** Why it ended, and the errors it received. */
  readonly problems: string[] = []
  readonly #watching: Watching
  #target = Number.POSITIVE_INFINITY
  #socket: FrameSocket | undefined
  #isAcknowledged: (() => void) | undefined

  constructor(watching: Watching) {
    this.#watching = watching
  }

  /** Settles when the server has acknowledged the connection. */
  async open(url: URL): Promise<void> {
    const acknowledged = new Promise<void>(resolve => {
      this.#isAcknowledged = resolve
    })
    const events = {
      onMarks: (marks: number) => this.#add(marks),
      onText: (text: string) => this.#take(text),
      onEnd: (why: string) => this.#problem(why),
    }
    this.#socket = await openFrameSocket(url, events, this.#watching === 'latency')
    this.#socket.send('{"type":"connection_init"}')
    await acknowledged
  }

  /** Sends `subscribe`. The server sends nothing until there is a message. */
  subscribe(payload: Subscription): void {
    this.#socket?.send(JSON.stringify({ id: '1', type: 'subscribe', payload }))
  }

  /** Waits for this many messages in total. */
  expect(target: number): void {
    this.#target = target
    this.reachedAt = this.count >= target ? sharedMicros() : 0
  }

  pause(): void {
    this.#socket?.pause()
  }

  resume(): void {
    this.#socket?.resume()
  }

  close(): void {
    this.#socket?.close()
  }

  #add(marks: number): void {
    if (this.count === 0) this.firstAt = sharedMicros()
    this.count += marks
    if (this.count >= this.#target && this.reachedAt === 0) this.reachedAt = sharedMicros()
  }

  #take(text: string): void {
    if (text.startsWith('{"id":"1","type":"next"')) {
      if (text.includes('"errors":')) this.#problem(text)
      this.#takeLatencies(text)
    } else if (text.includes('"connection_ack"')) this.#isAcknowledged?.()
    else if (text.includes('"type":"ping"')) this.#socket?.send('{"type":"pong"}')
    else this.#problem(text)
  }

  #takeLatencies(text: string): void {
    const now = sharedMicros()
    for (let at = text.indexOf('~'); at !== -1; at = text.indexOf('~', at + 1)) {
      const sentAt = Number.parseInt(text.slice(at + 1, at + 20), 10)
      if (sentAt > 0) this.latencies.push(now - sentAt)
      this.#add(1)
    }
  }

  #problem(text: string): void {
    if (this.problems.length < 5) this.problems.push(text.slice(0, 500))
  }
}
