import { type Answer, answerCalls, type Calls, READY } from './harness/calls.ts'

const roles: Readonly<Record<string, () => Promise<Calls>>> = {
  subscribers: async () => (await import('./load/subscribers.ts')).subscriberCalls,
  producer: async () => (await import('./load/producer.ts')).producerCalls,
  decoder: async () => (await import('./load/decoder.ts')).decoderCalls,
  'http-callers': async () => (await import('./load/http-callers.ts')).httpCallerCalls,
  recorder: async () => (await import('./load/recorder.ts')).recorderCalls,
  'bare-http': async () => (await import('./peers/bare-http.ts')).bareHttpCalls,
  'raw-ws': async () => (await import('./peers/raw-ws.ts')).rawWsCalls,
  'stock-yoga': async () => (await import('./peers/stock-yoga.ts')).stockYogaCalls,
  mercurius: async () => (await import('./peers/mercurius.ts')).mercuriusCalls,
  'kafkajs-consumer': async () => (await import('./peers/kafkajs-consumer.ts')).kafkajsConsumerCalls,
}

// Runs one program of the bench as its own process, so that its processor time and memory are measured separately.
const [role = ''] = process.argv.slice(2)
const calls = await roles[role]?.()
if (calls === undefined) throw new Error(`no role ${role}: ${Object.keys(roles).join(', ')}`)
answerCalls(calls)
process.channel?.ref()
process.send?.({ id: READY } satisfies Answer)
process.once('SIGTERM', () => process.exit(0))
