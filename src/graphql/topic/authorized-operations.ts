import DataLoader from 'dataloader'
import type { AclOperation } from '../../kafka/acl-operation.ts'
import type { TopicName } from '../../kafka/topic-name.ts'
import { AclOperationEnum } from '../acl/acl-operation-enum.ts'
import { Cluster } from '../cluster/cluster-type.ts'
import { translating } from '../core/errors/failures.ts'
import { type MakeShared, orError } from '../core/loaders.ts'
import { objectField, parts } from '../core/schema-part.ts'
import { Topic } from './topic-type.ts'

const topicOperations: MakeShared<DataLoader<TopicName, readonly AclOperation[] | null>> = (
  { inspector },
  call,
  schedule,
) =>
  new DataLoader<TopicName, readonly AclOperation[] | null>(
    names => translating(async () => (await inspector.topicOperations(call, names)).map(orError)),
    schedule,
  )

const userNote =
  'This depends on the Kafka user that the server connects as. Without access control in Kafka it is everything. Null if Kafka does not report it.'

const clusterAuthorizedOperations = objectField(Cluster, 'authorizedOperations', t =>
  t.field({
    extensions: { cost: { asksKafka: true } },
    description: `The operations that this API may perform on the cluster as a whole. ${userNote}`,
    type: [AclOperationEnum],
    nullable: true,
    resolve: (_, _arguments, { ports, call }) => translating(() => ports.inspector.clusterOperations(call)),
  }),
)

const topicAuthorizedOperations = objectField(Topic, 'authorizedOperations', t =>
  t.field({
    description: `The operations that this API may perform on this topic. ${userNote}`,
    type: [AclOperationEnum],
    nullable: true,
    resolve: ({ name, planned }, _, { loaders }) => (planned ? null : loaders.shared(topicOperations).load(name)),
  }),
)

/** What this file adds to a schema. */
export const authorizedOperationsParts = parts(clusterAuthorizedOperations, topicAuthorizedOperations)
