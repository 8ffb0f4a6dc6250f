import { changesOf } from '../change/change-source.ts'
import { intervalArgument, intervalOf } from '../change/interval.ts'
import { subscriptionField } from '../schema-part.ts'
import { ClusterHealth, healthNode } from './cluster-health-type.ts'

const DEFAULT_INTERVAL_MS = 5000

/** `Subscription.clusterHealth`. */
export const clusterHealthSubscription = subscriptionField('clusterHealth', t =>
  t.field({
    description:
      'What is wrong in the cluster: at once how it stands, then again whenever something else is wrong than before. When only a topic’s `min.insync.replicas` is changed nothing is told until the brokers, the replicas in sync, the leaders or the number of partitions change as well.',
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
