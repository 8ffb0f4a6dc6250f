import { objectField } from '../schema-part.ts'
import { Broker } from './broker-type.ts'
import { registeredBrokers } from './registered-brokers.ts'

/** `Broker.isFenced`. */
export const brokerIsFenced = objectField(Broker, 'isFenced', t =>
  t.boolean({
    description:
      'Whether the controller keeps this broker from serving: it has just started and is not ready, or has not been heard of for `broker.session.timeout.ms`. A fenced broker leads nothing, and is found with `Cluster.brokers(includeFenced: true)` only. Null before Kafka 4.0, which does not tell.',
    nullable: true,
    resolve: async ({ broker }, _, { loaders }) => {
      const registered = await loaders.shared(registeredBrokers)()
      return registered?.find(({ nodeId }) => nodeId === broker.nodeId)?.isFenced ?? null
    },
  }),
)
