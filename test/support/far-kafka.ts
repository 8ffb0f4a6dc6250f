import type { NodePorts } from '../../src/local-kafka/local-kafka.ts'
import { freePort } from './free-port.ts'
import type { ToolTarget } from './kafka-tools.ts'
import { startLine } from './line.ts'
import { ownKafka } from './local-kafka.ts'
import { newPassword } from './secured-kafka.ts'

/** One Kafka behind a slow connection: each request takes `roundTripMs` at least. */
export interface FarKafka extends AsyncDisposable {
  /** The same Kafka without the delay, for its own tools. */
  readonly near: ToolTarget
  /** Settings to reach it over the slow connection. */
  readonly settings: Readonly<Record<string, string>>
}

const USER = 'peter'
const MODULE = 'org.apache.kafka.common.security.plain.PlainLoginModule'

const propertiesOf = ({ brokerPort, controllerPort }: NodePorts, farPort: number, linePort: number, secret: string) => {
  const near = `PLAINTEXT://127.0.0.1:${brokerPort}`
  return {
    listeners: `${near},FAR://127.0.0.1:${farPort},CONTROLLER://127.0.0.1:${controllerPort}`,
    'advertised.listeners': `${near},FAR://127.0.0.1:${linePort}`,
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,FAR:SASL_PLAINTEXT',
    'listener.name.far.sasl.enabled.mechanisms': 'PLAIN',
    'listener.name.far.plain.sasl.jaas.config': `${MODULE} required user_${USER}="${secret}";`,
  }
}

/** Starts one node that accepts only SASL PLAIN, over a connection with this round trip. */
export const farKafka = async (roundTripMs: number): Promise<FarKafka> => {
  const [farPort, linePort, secret] = [await freePort(), await freePort(), newPassword()]
  const kafka = await ownKafka({
    nodes: 1,
    extraProperties: node => propertiesOf(node, farPort, linePort, secret),
  })
  const line = await startLine({ port: linePort, farPort, delayMs: roundTripMs / 2 })
  return {
    near: { bootstrapServers: kafka.bootstrapServers },
    settings: {
      KAFKA_BROKERS: `127.0.0.1:${linePort}`,
      KAFKA_SASL_MECHANISM: 'plain',
      KAFKA_SASL_USERNAME: USER,
      KAFKA_SASL_PASSWORD: secret,
    },
    async [Symbol.asyncDispose]() {
      await line[Symbol.asyncDispose]()
      await kafka.close()
    },
  }
}
