import { enumType } from '../core/schema-part.ts'

export const AclOperationEnum = enumType('AclOperation', {
  description: 'An operation on a Kafka resource, as used in access control lists.',
  values: {
    UNKNOWN: { description: 'An operation that the broker reports but this API does not know.' },
    ANY: { description: 'Any operation; only for filters.' },
    ALL: { description: 'Every operation.' },
    READ: { description: 'Reading: messages of a topic, or offsets of a group.' },
    WRITE: { description: 'Writing messages.' },
    CREATE: { description: 'Creating the resource.' },
    DELETE: { description: 'Deleting the resource.' },
    ALTER: { description: 'Changing the resource, such as adding partitions to a topic.' },
    DESCRIBE: { description: 'Seeing that the resource exists, and its metadata.' },
    CLUSTER_ACTION: { description: 'Operations between brokers, such as copying partitions.' },
    DESCRIBE_CONFIGS: { description: 'Reading the settings of the resource.' },
    ALTER_CONFIGS: { description: 'Changing the settings of the resource.' },
    IDEMPOTENT_WRITE: { description: 'Writing with an idempotent producer.' },
    CREATE_TOKENS: { description: 'Creating delegation tokens for a user.' },
    DESCRIBE_TOKENS: { description: 'Seeing the delegation tokens of a user.' },
    TWO_PHASE_COMMIT: { description: 'Transactions with two-phase commit, which an external coordinator commits.' },
  } as const,
})
