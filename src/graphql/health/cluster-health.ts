import { changesOf } from '../change/change-source.ts'
import { intervalArgument, intervalOf } from '../change/interval.ts'
import { subscriptionField } from '../core/schema-part.ts'
import { ClusterHealth, healthNode } from './cluster-health-type.ts'

const DEFAULT_INTERVAL_MS = 5000

/** `Subscription.clusterHealth`. */
export const clusterHealthSubscription = subscriptionField('clusterHealth', t =>
  t.field({
    description:
      'The problems of the cluster: the current state at once, then an event whenever the state changes. A change of a topic’s `min.insync.replicas` alone sends no event; the next change of brokers, in-sync replicas, leaders or the number of partitions includes it.',
    type: ClusterHealth,
    args: { interval: intervalArgument(t.arg, DEFAULT_INTERVAL_MS) },
    subscribe: (_, { interval }, context) =>
      changesOf(context, () =>
        context.ports.watches.clusterHealth(context.call, {
          intervalMs: intervalOf(interval, DEFAULT_INTERVAL_MS, context),
        }),
      ),
    resolve: (seen, _, context) => healthNode(seen, context),
  }),
)
