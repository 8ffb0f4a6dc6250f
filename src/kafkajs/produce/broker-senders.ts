import { KafkaError } from '../../kafka/kafka-error.ts'
import { BrokerSender, type ReadyBatch, type SendResult } from './broker-sender.ts'
import type { ProduceCluster } from './produce-cluster.ts'
import { RequestBound } from './request-bound.ts'
import type { SinkLimits } from './sink-limits.ts'

/** A sender for each broker that is written to just now. */
export class BrokerSenders {
  readonly #cluster: ProduceCluster
  readonly #limits: SinkLimits
  /** One for all: the brokers of a cluster are set up alike. */
  readonly #bound: RequestBound
  readonly #senders = new Map<string, BrokerSender>()

  constructor(cluster: ProduceCluster, limits: SinkLimits) {
    this.#cluster = cluster
    this.#limits = limits
    this.#bound = new RequestBound(limits)
  }

  /** Never rejects. */
  async send(nodeId: number, batch: ReadyBatch): Promise<SendResult> {
    const address = this.#cluster.addressOf(nodeId)
    if (address === undefined) {
      // It has just left the cluster, or comes into it: another one, or its address, is known in a moment.
      const text = `broker ${nodeId}, the leader, is not part of the cluster now`
      return { kind: 'unsent', error: new KafkaError('LEADER_NOT_AVAILABLE', text) }
    }
    let sender = this.#senders.get(address)
    if (sender === undefined) {
      const forget = () => this.#senders.delete(address)
      sender = new BrokerSender(this.#cluster, this.#limits, this.#bound, address, forget)
      this.#senders.set(address, sender)
    }
    return sender.send(batch)
  }
}
