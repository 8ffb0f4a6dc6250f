import { objectField } from '../core/schema-part.ts'
import { Broker } from './broker-type.ts'
import { registeredBrokers } from './registered-brokers.ts'

/** `Broker.isFenced`. */
export const brokerIsFenced = objectField(Broker, 'isFenced', t =>
  t.boolean({
    description:
      'Whether the controller keeps this broker from serving. The broker has just started and is not ready, or has sent no heartbeat for `broker.session.timeout.ms`. A fenced broker leads no partition, and only `Cluster.brokers(includeFenced: true)` lists it. Null before Kafka 4.0, which does not report it.',
    nullable: true,
    resolve: async ({ broker }, _, { loaders }) => {
      const registered = await loaders.shared(registeredBrokers)()
      return registered?.find(({ nodeId }) => nodeId === broker.nodeId)?.isFenced ?? null
    },
  }),
)
