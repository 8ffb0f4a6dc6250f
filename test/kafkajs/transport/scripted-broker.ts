import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import type { MetadataPartition, MetadataTopic } from '../../../src/kafkajs/requests/cluster/metadata.ts'
import { ByteWriter } from '../../../src/kafkajs/wire/byte-writer.ts'

/**
 * The fate of a request: these bytes; silence; half of the bytes and then a hang-up; a hang-up at once; or raw bytes
 * that are no response.
 */
export type Answer = Buffer | 'silence' | 'hang up' | { readonly cut: Buffer } | { readonly raw: Buffer }

/** Responses by API key. Other requests get no response. */
export type Script = Readonly<Record<number, () => Answer | Promise<Answer>>>

/** A scripted broker, for responses that no real broker can be made to give. */
export interface ScriptedBroker extends AsyncDisposable {
  readonly host: string
  readonly port: number
  readonly address: string
  /** API keys in the order of arrival. */
  readonly asked: readonly number[]
}

const API_VERSIONS = 18
/** KafkaJS's ApiVersions, SaslHandshake and SaslAuthenticate, whose response headers have no tagged fields. */
const WITHOUT_TAGS: readonly number[] = [API_VERSIONS, 17, 36]

const frameOf = (correlationId: number, apiKey: number, body: Buffer): Buffer => {
  const header = new ByteWriter().int32(correlationId)
  if (!WITHOUT_TAGS.includes(apiKey)) header.noTags()
  const head = header.toBuffer()
  return new ByteWriter()
    .int32(head.length + body.length)
    .raw(head)
    .raw(body)
    .toBuffer()
}

const reply = (socket: Socket, frame: (body: Buffer) => Buffer, answer: Answer): void => {
  if (answer === 'silence') return
  if (answer === 'hang up') socket.destroy()
  else if (Buffer.isBuffer(answer)) socket.write(frame(answer))
  else if ('raw' in answer) socket.write(answer.raw)
  else {
    const whole = frame(answer.cut)
    socket.write(whole.subarray(0, whole.length / 2), () => socket.destroy())
  }
}

const serve = (socket: Socket, script: Script, asked: number[]): void => {
  let pending = Buffer.alloc(0)
  socket.on('error', () => {})
  socket.on('data', chunk => {
    pending = Buffer.concat([pending, chunk])
    while (pending.length >= 4 && pending.length >= 4 + pending.readInt32BE(0)) {
      const apiKey = pending.readInt16BE(4)
      const correlationId = pending.readInt32BE(8)
      pending = pending.subarray(4 + pending.readInt32BE(0))
      asked.push(apiKey)
      const frame = (body: Buffer) => frameOf(correlationId, apiKey, body)
      void Promise.resolve(script[apiKey]?.() ?? 'silence').then(answer => reply(socket, frame, answer))
    }
  })
}

/** Starts a scripted broker. ApiVersions lists the keys of the script, unless the script answers it itself. */
export const startScriptedBroker = async (script: Script): Promise<ScriptedBroker> => {
  const asked: number[] = []
  const keys = Object.keys(script).map(Number)
  const whole: Script = { [API_VERSIONS]: () => apiVersionsAnswer(keys), ...script }
  const sockets = new Set<Socket>()
  const server = createServer(socket => {
    sockets.add(socket)
    serve(socket, whole, asked)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const at = server.address()
  if (at === null || typeof at === 'string') throw new Error('the scripted broker has no port')
  return {
    host: '127.0.0.1',
    port: at.port,
    address: `127.0.0.1:${at.port}`,
    asked,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

/** An ApiVersions response that supports these requests in any version. */
export const apiVersionsAnswer = (keys: readonly number[]): Buffer => {
  const writer = new ByteWriter().int16(0)
  writer.array(keys, key => writer.int16(key).int16(0).int16(99))
  return writer.int32(0).toBuffer()
}

/** The contents of a scripted Metadata response. */
export interface ScriptedMetadata {
  readonly brokers: readonly { readonly nodeId: number; readonly host: string; readonly port: number }[]
  readonly controllerId?: number
  /** How long the broker will not read after this response, in ms. */
  readonly throttleMs?: number
  readonly topics?: readonly MetadataTopic[]
}

/** A healthy partition with one replica. */
export const scriptedPartition = (partition: number, leader: number): MetadataPartition => ({
  errorCode: 0,
  partition,
  leader,
  leaderEpoch: 0,
  replicas: [1],
  isr: [1],
  offlineReplicas: [],
  eligibleLeaderReplicas: null,
  lastKnownEligibleLeaderReplicas: null,
})

/** A Metadata v12 response. */
export const metadataAnswer = (metadata: ScriptedMetadata): Buffer => {
  const { brokers, controllerId = 1, throttleMs = 0, topics = [] } = metadata
  const writer = new ByteWriter().int32(throttleMs)
  const nodeIds = (ids: readonly number[]) => writer.compactArray(ids, id => writer.int32(id))
  writer.compactArray(brokers, ({ nodeId, host, port }) =>
    writer.int32(nodeId).compactString(host).int32(port).compactString(null).noTags(),
  )
  writer.compactString('scripted').int32(controllerId)
  writer.compactArray(topics, topic => {
    writer.int16(topic.errorCode).compactString(topic.name).uuid(topic.topicId).boolean(topic.isInternal)
    writer.compactArray(topic.partitions, one => {
      writer.int16(one.errorCode).int32(one.partition).int32(one.leader).int32(one.leaderEpoch)
      nodeIds(one.replicas)
      nodeIds(one.isr)
      nodeIds(one.offlineReplicas).noTags()
    })
    writer.int32(-1).noTags()
  })
  return writer.noTags().toBuffer()
}
