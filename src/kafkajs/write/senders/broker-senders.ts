import { KafkaError } from '../../../kafka/errors/kafka-error.ts'
import { BrokerSender, type ReadyBatch, type SendResult } from './broker-sender.ts'
import type { ProduceCluster } from './produce-cluster.ts'
import { RequestBound } from './request-bound.ts'
import type { SinkLimits } from './sink-limits.ts'

/** One sender per broker that currently receives batches. */
export class BrokerSenders {
  readonly #cluster: ProduceCluster
  readonly #limits: SinkLimits
  /** Shared, because the brokers of a cluster usually have the same configuration. */
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
      // The broker just left or is joining. Its successor or its address will be known in a moment.
      const text = `the leader, broker ${nodeId}, is not part of the cluster at the moment`
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
