import { enumType } from '../schema-part.ts'

/** What a principal may do with a resource. */
export const AclOperationEnum = enumType('AclOperation', {
  description: 'What may be done with a resource of Kafka, as its access control lists name it.',
  values: {
    UNKNOWN: { description: 'An operation that the broker names and this API does not know.' },
    ANY: { description: 'Any operation: used in filters only.' },
    ALL: { description: 'Every operation there is.' },
    READ: { description: 'Reading: messages of a topic, or offsets of a group.' },
    WRITE: { description: 'Writing messages.' },
    CREATE: { description: 'Creating the resource.' },
    DELETE: { description: 'Deleting the resource.' },
    ALTER: { description: 'Changing the resource, such as adding partitions to a topic.' },
    DESCRIBE: { description: 'Seeing that the resource is there, and what it is.' },
    CLUSTER_ACTION: { description: 'What brokers do among themselves, such as copying partitions.' },
    DESCRIBE_CONFIGS: { description: 'Reading the settings of the resource.' },
    ALTER_CONFIGS: { description: 'Changing the settings of the resource.' },
    IDEMPOTENT_WRITE: { description: 'Writing with an idempotent producer.' },
    CREATE_TOKENS: { description: 'Creating delegation tokens for a user.' },
    DESCRIBE_TOKENS: { description: 'Seeing the delegation tokens of a user.' },
    TWO_PHASE_COMMIT: { description: 'Transactions that an outside coordinator commits in two phases.' },
  } as const,
})
