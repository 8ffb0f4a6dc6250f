import type { GraphQLSchema } from 'graphql'
import { AclOperationEnum } from './acl/acl-operation-enum.ts'
import { boundAnswers } from './core/bounds/bounded-answers.ts'
import { boundInputs } from './core/bounds/bounded-inputs.ts'
import { type Builder, createBuilder } from './core/builder.ts'
import { nodeParts } from './core/node.ts'
import { KafkaErrorType, MutationPayload } from './core/outcomes/mutation-failure.ts'
import { Direction } from './core/paging/direction.ts'
import { pageInfoParts } from './core/paging/page-info.ts'
import { scalars } from './core/scalars/scalars.ts'
import { type FolderParts, parts, type SchemaPart } from './core/schema-part.ts'
import { clusterSchema } from './schema/cluster-schema.ts'
import { configSchema } from './schema/config-schema.ts'
import { groupSchema } from './schema/group-schema.ts'
import { messageSchema } from './schema/message-schema.ts'
import { partitionSchema } from './schema/partition-schema.ts'
import { produceSchema } from './schema/produce-schema.ts'
import { registrySchema } from './schema/registry-schema.ts'
import { replicaSchema } from './schema/replica-schema.ts'
import { securitySchema } from './schema/security-schema.ts'
import { topicSchema } from './schema/topic-schema.ts'
import { transactionSchema } from './schema/transaction-schema.ts'

/** The parts that every folder needs. */
const core: FolderParts = {
  reads: [scalars, nodeParts, pageInfoParts, Direction, KafkaErrorType, AclOperationEnum],
  writes: [MutationPayload],
}

const FOLDERS = {
  cluster: clusterSchema,
  topic: topicSchema,
  partition: partitionSchema,
  replica: replicaSchema,
  config: configSchema,
  group: groupSchema,
  security: securitySchema,
  transaction: transactionSchema,
  registry: registrySchema,
  message: messageSchema,
  produce: produceSchema,
} as const

/** A folder of the schema. */
export type SchemaFolder = keyof typeof FOLDERS

/** How a schema differs from the ordinary one. */
export interface SchemaOptions {
  /** Folders to leave out. If another folder needs one of their types, `buildSchema` throws and names the type. */
  readonly without?: readonly SchemaFolder[]
  /** Whether to leave out the mutations. Default: false. */
  readonly readOnly?: boolean
  /** Parts to add to those of the folders, such as types that are known only at run time. */
  readonly added?: readonly SchemaPart[]
}

const addRootTypes = (builder: Builder, readOnly: boolean): void => {
  builder.queryType({
    description: 'Reads the state and the contents of the cluster. A query never creates or changes anything.',
  })
  builder.subscriptionType({
    description: 'Live streams, over WebSocket (graphql-transport-ws) or server-sent events.',
  })
  if (readOnly) return
  builder.mutationType({
    description:
      'Changes the cluster: messages, topics, groups and settings. Unless a field says otherwise, each item of a list succeeds or fails separately: `errors` lists the items that Kafka refused.',
  })
}

/** Builds a new schema. Schemas share no types and no state, so any number can live side by side. */
export const buildSchema = ({ without = [], readOnly = false, added = [] }: SchemaOptions = {}): GraphQLSchema => {
  const builder = createBuilder()
  addRootTypes(builder, readOnly)
  const folders = Object.entries(FOLDERS).filter(([name]) => !without.some(folder => folder === name))
  for (const { reads, writes = [] } of [core, ...folders.map(([, folder]) => folder)])
    parts(...reads, ...(readOnly ? [] : writes)).addTo(builder)
  parts(...added).addTo(builder)
  return boundInputs(boundAnswers(builder.toSchema()))
}
