import { enumType, parts } from '../schema-part.ts'

/** Which protocol a group speaks. */
export const GroupTypeEnum = enumType('GroupType', {
  description: 'Which protocol the members of a group speak with the brokers.',
  values: {
    UNKNOWN: { description: 'The broker does not tell: it is older than Kafka 3.8.' },
    CONSUMER: {
      description:
        'The consumer protocol of KIP-848, Kafka’s newer one: the broker spreads the partitions over members.',
    },
    CLASSIC: {
      description:
        'The protocol before it, which most clients still speak: one member spreads the partitions. Groups that were made by commits alone and the workers of Kafka Connect are classic groups too.',
    },
    SHARE: {
      description:
        'A share group (KIP-932): several members read the same partition, and each message is acknowledged by itself, as in a queue.',
    },
    STREAMS: {
      description: 'A Kafka Streams application that the broker balances (KIP-1071): members get tasks.',
    },
  } as const,
})

/** What a group is doing. */
export const GroupStateEnum = enumType('GroupState', {
  description: 'What a group is doing.',
  values: {
    UNKNOWN: { description: 'A state that the broker names and this API does not know.' },
    PREPARING_REBALANCE: { description: 'A member came or went: the others are asked to join again.' },
    COMPLETING_REBALANCE: { description: 'All have joined, and the partitions are being spread over them.' },
    STABLE: { description: 'It has members, and each has its partitions.' },
    DEAD: { description: 'It has neither members nor offsets: it is being removed.' },
    EMPTY: { description: 'It has no members now; its committed offsets are kept. Only now can they be changed.' },
    ASSIGNING: { description: 'The broker is working out which member gets which partitions.' },
    RECONCILING: { description: 'Members are giving up and taking over partitions until all have what they should.' },
    NOT_READY: { description: 'A streams group that misses topics which its members need.' },
  } as const,
})

/** What this file adds to a schema. */
export const groupEnumsParts = parts(GroupTypeEnum, GroupStateEnum)
