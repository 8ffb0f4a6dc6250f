import { openFrameSocket } from './frame-socket.ts'
import type { Subscription } from './subscriber.ts'

/** A message as a subscriber received it. */
export interface Recorded {
  readonly partition: number
  readonly offset: string
  readonly value: string
  /** Arrival time, epoch ms. */
  readonly at: number
}

const recorded: Recorded[] = []
const problems: string[] = []
const answers: { readonly ms: number; readonly outcome: string }[] = []
let isProducing = false

const take = (text: string): void => {
  const { type, payload } = JSON.parse(text)
  if (type !== 'next' || payload.data?.messages === undefined) {
    if (type !== 'pong') problems.push(text.slice(0, 500))
    return
  }
  const { partition, offset, value } = payload.data.messages
  recorded.push({ partition, offset, value: value.string, at: Date.now() })
}

/** How to send produce requests during a fault. */
export interface ProduceInput {
  readonly url: string
  readonly body: string
  readonly everyMs: number
  readonly limitMs: number
}

const produceOnce = async ({ url, body, limitMs }: ProduceInput): Promise<void> => {
  const began = performance.now()
  const headers = { 'content-type': 'application/json', accept: 'application/json' }
  const outcome = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(limitMs) })
    .then(async answer => /"code":"(\w+)"/.exec(await answer.text())?.[1] ?? 'ACKED')
    .catch(() => 'UNANSWERED')
  answers.push({ ms: performance.now() - began, outcome })
}

/** The calls of the process that records every received message and sends produce requests at an even pace. */
export const recorderCalls = {
  subscribe: async ({ url, subscription }: { readonly url: string; readonly subscription: Subscription }) => {
    let acknowledge = (): void => undefined
    const acknowledged = new Promise<void>(resolve => {
      acknowledge = resolve
    })
    const onText = (text: string) => {
      if (text.includes('"connection_ack"')) acknowledge()
      else if (text.includes('"type":"ping"')) socket.send('{"type":"pong"}')
      else take(text)
    }
    const events = { onText, onMarks: () => undefined, onEnd: (why: string) => void problems.push(why) }
    const socket = await openFrameSocket(new URL(url), events, true)
    socket.send('{"type":"connection_init"}')
    await acknowledged
    socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: subscription }))
  },
  count: () => ({ count: recorded.length, problems }),
  /** All messages since the last call. */
  take: () => recorded.splice(0),
  /** Sends requests until `stopProducing`, without waiting for responses. */
  produce: (input: ProduceInput) => {
    isProducing = true
    const timer = setInterval(() => {
      if (isProducing) void produceOnce(input)
      else clearInterval(timer)
    }, input.everyMs)
  },
  stopProducing: () => {
    isProducing = false
    return answers.splice(0)
  },
}
