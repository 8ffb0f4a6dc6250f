import type { GraphQLContext } from '../core/context.ts'
import { objectFields } from '../core/schema-part.ts'
import { disks, type ReplicaLog } from '../storage/disk-loader.ts'
import { Replica, type ReplicaNode } from './replica-type.ts'

const logOf = async (
  { log, partition, brokerId }: ReplicaNode,
  { loaders }: GraphQLContext,
): Promise<ReplicaLog | null> =>
  log ?? loaders.shared(disks).log({ topic: partition.topic.name, partition: partition.partition, brokerId })

const unknown = 'Null if the broker has no such log; null with an error if the broker does not answer.'

/** `Replica.size`, `Replica.offsetLag`, `Replica.isFuture` and `Replica.logDir`. */
export const replicaLogFields = objectFields(Replica, t => ({
  size: t.field({
    description: `The bytes that this copy’s segments take on disk. Copies differ a little, because each broker deletes old segments on its own schedule. ${unknown}`,
    type: 'Long',
    nullable: true,
    resolve: async (replica, _, context) => (await logOf(replica, context))?.size ?? null,
  }),
  offsetLag: t.field({
    description: `The number of messages that this copy is behind the high watermark; a future copy is compared with the copy that it will replace. ${unknown}`,
    type: 'Long',
    nullable: true,
    resolve: async (replica, _, context) => (await logOf(replica, context))?.offsetLag ?? null,
  }),
  isFuture: t.boolean({
    description: `Whether this is a second copy on the same broker, in another directory. It replaces the current copy when it has caught up. ${unknown}`,
    nullable: true,
    resolve: async (replica, _, context) => (await logOf(replica, context))?.isFuture ?? null,
  }),
  logDir: t.string({
    description: `The directory on the broker that contains this copy. ${unknown}`,
    nullable: true,
    resolve: async (replica, _, context) => (await logOf(replica, context))?.logDir ?? null,
  }),
}))
