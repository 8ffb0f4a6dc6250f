import type { GraphQLContext } from '../context.ts'
import { objectFields } from '../schema-part.ts'
import { disks, type ReplicaLog } from './disk-loader.ts'
import { Replica, type ReplicaNode } from './replica-type.ts'

const logOf = async (
  { log, partition, brokerId }: ReplicaNode,
  { loaders }: GraphQLContext,
): Promise<ReplicaLog | null> =>
  log ?? loaders.shared(disks).log({ topic: partition.topic.name, partition: partition.partition, brokerId })

const unknown = 'Null where the broker has no such log; with an error beside it, when the broker does not answer.'

/** `Replica.size`, `Replica.offsetLag`, `Replica.isFuture` and `Replica.logDir`. */
export const replicaLogFields = objectFields(Replica, t => ({
  size: t.field({
    description: `How many bytes the segments of this copy take on disk. Copies differ a little: each broker deletes old segments by itself. ${unknown}`,
    type: 'Long',
    nullable: true,
    resolve: async (replica, _, context) => (await logOf(replica, context))?.size ?? null,
  }),
  offsetLag: t.field({
    description: `How many messages this copy is behind the high watermark; for a future copy, behind the one that it will replace. ${unknown}`,
    type: 'Long',
    nullable: true,
    resolve: async (replica, _, context) => (await logOf(replica, context))?.offsetLag ?? null,
  }),
  isFuture: t.boolean({
    description: `Whether this is a second copy on the same broker, in another directory, which will replace the present one when it has caught up. ${unknown}`,
    nullable: true,
    resolve: async (replica, _, context) => (await logOf(replica, context))?.isFuture ?? null,
  }),
  logDir: t.string({
    description: `The directory on the broker that holds this copy. ${unknown}`,
    nullable: true,
    resolve: async (replica, _, context) => (await logOf(replica, context))?.logDir ?? null,
  }),
}))
