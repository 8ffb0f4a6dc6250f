import { freePort } from './free-port.ts'
import type { ToolTarget } from './kafka-tools.ts'
import { ownKafka } from './local-kafka.ts'
import { startVersionsProxy, type VersionLimits } from './versions-proxy.ts'

/** One Kafka behind a proxy that allows only some versions of requests. */
export interface NarrowedKafka extends AsyncDisposable {
  /** Through the proxy. */
  readonly bootstrapServers: string
  /** The same Kafka without the proxy. */
  readonly near: ToolTarget
  /** See VersionsProxy. */
  readonly refused: readonly string[]
  limit(limits: VersionLimits): void
}

/** Starts one node whose brokers advertise the proxy to clients of the proxy. */
export const narrowedKafka = async (): Promise<NarrowedKafka> => {
  const [farPort, proxyPort] = [await freePort(), await freePort()]
  const kafka = await ownKafka({
    nodes: 1,
    extraProperties: ({ brokerPort, controllerPort }) => ({
      listeners: `PLAINTEXT://127.0.0.1:${brokerPort},FAR://127.0.0.1:${farPort},CONTROLLER://127.0.0.1:${controllerPort}`,
      'advertised.listeners': `PLAINTEXT://127.0.0.1:${brokerPort},FAR://127.0.0.1:${proxyPort}`,
      'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,FAR:PLAINTEXT',
      'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
      'allow.everyone.if.no.acl.found': 'true',
    }),
  })
  const proxy = await startVersionsProxy(proxyPort, farPort)
  return {
    bootstrapServers: `127.0.0.1:${proxyPort}`,
    near: { bootstrapServers: kafka.bootstrapServers },
    refused: proxy.refused,
    limit: limits => proxy.limit(limits),
    async [Symbol.asyncDispose]() {
      await proxy[Symbol.asyncDispose]()
      await kafka.close()
    },
  }
}
