import { KafkaError } from '../../kafka/kafka-error.ts'
import { BrokerSender, type ReadyBatch, type SendResult } from './broker-sender.ts'
import type { ProduceCluster } from './produce-cluster.ts'
import type { SinkLimits } from './sink-limits.ts'

/** A sender for each broker that is written to just now. */
export class BrokerSenders {
  readonly #cluster: ProduceCluster
  readonly #limits: SinkLimits
  readonly #senders = new Map<string, BrokerSender>()

  constructor(cluster: ProduceCluster, limits: SinkLimits) {
    this.#cluster = cluster
    this.#limits = limits
  }

  /** Never rejects. */
  async send(nodeId: number, batch: ReadyBatch): Promise<SendResult> {
    const address = this.#cluster.addressOf(nodeId)
    if (address === undefined) {
      return { kind: 'unsent', error: new KafkaError('BROKER_NOT_AVAILABLE', `broker ${nodeId} is not there`) }
    }
    let sender = this.#senders.get(address)
    if (sender === undefined) {
      sender = new BrokerSender(this.#cluster, this.#limits, address, () => this.#senders.delete(address))
      this.#senders.set(address, sender)
    }
    return sender.send(batch)
  }
}
