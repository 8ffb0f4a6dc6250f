import { enumType, parts } from '../core/schema-part.ts'

export const GroupTypeEnum = enumType('GroupType', {
  description: 'The protocol between a group’s members and the brokers.',
  values: {
    UNKNOWN: { description: 'The broker does not report the type: it is older than Kafka 3.8.' },
    CONSUMER: {
      description: 'The newer consumer protocol (KIP-848). The broker assigns the partitions to members.',
    },
    CLASSIC: {
      description:
        'The older protocol, which most clients still use. One member assigns the partitions. Kafka Connect workers and groups that only commit offsets are classic groups too.',
    },
    SHARE: {
      description:
        'A share group (KIP-932). Several members read the same partition, and they acknowledge each message separately, as in a queue.',
    },
    STREAMS: {
      description: 'A Kafka Streams application that the broker balances (KIP-1071). Its members get tasks.',
    },
  } as const,
})

export const GroupStateEnum = enumType('GroupState', {
  description: 'What a group is doing now.',
  values: {
    UNKNOWN: { description: 'A state that the broker reports but this API does not know.' },
    PREPARING_REBALANCE: { description: 'A member joined or left. The other members must join again.' },
    COMPLETING_REBALANCE: { description: 'All members have joined, and partitions are being assigned to them.' },
    STABLE: { description: 'The group has members, and each has its partitions.' },
    DEAD: { description: 'The group has neither members nor offsets. Kafka is about to remove it.' },
    EMPTY: {
      description:
        'The group has no members, but its committed offsets are kept. Its offsets can be changed only in this state.',
    },
    ASSIGNING: { description: 'The broker is computing the assignment of partitions to members.' },
    RECONCILING: {
      description: 'Members are releasing and taking over partitions until the new assignment is reached.',
    },
    NOT_READY: { description: 'A streams group whose members need topics that do not exist.' },
  } as const,
})

/** What this file adds to a schema. */
export const groupEnumsParts = parts(GroupTypeEnum, GroupStateEnum)
