import { randomUUID } from 'node:crypto'
import { KafkaError, kafkaErrorOf } from '../../src/kafka/errors/kafka-error.ts'
import { silentLogger } from '../../src/kafka/logger.ts'
import { findCoordinatorsRequest } from '../../src/kafkajs/requests/cluster/find-coordinator.ts'
import { type Door, openDoor } from '../../src/kafkajs/transport/kafkajs/door.ts'
import { createLogCreator } from '../../src/kafkajs/transport/kafkajs/log-creator.ts'
import { Link } from '../../src/kafkajs/transport/link.ts'
import type { ApiRequest } from '../../src/kafkajs/wire/api-request.ts'
import type { ByteWriter } from '../../src/kafkajs/wire/byte-writer.ts'
import { eventually } from './eventually.ts'
import type { MemberOptions } from './groups.ts'
import type { ToolTarget } from './kafka-tools.ts'

/** A member's state: what it reports, and what the coordinator answered. */
interface FeedSnapshot {
  readonly epoch: number
  readonly tasks: readonly number[]
}

const JOINING = 0
const LEAVING = -1
const NOTHING: readonly never[] = []
/** The only part of the topology. */
const PART = '0'

const nothing = (writer: ByteWriter, times: number) => {
  for (let i = 0; i < times; i++) writer.compactArray(NOTHING, () => {})
}

const writeTasks = (writer: ByteWriter, partitions: readonly number[]) =>
  writer.compactArray<string>(partitions.length === 0 ? NOTHING : [PART], part => {
    writer
      .compactString(part)
      .compactArray(partitions, partition => writer.int32(partition))
      .noTags()
  })

const writeTopology = (writer: ByteWriter, topic: string) => {
  writer
    .int8(1)
    .int32(0)
    .compactArray([PART], part => {
      writer.compactString(part).compactArray([topic], source => writer.compactString(source))
      nothing(writer, 5)
      writer.noTags()
    })
  writer.noTags()
}

/** StreamsGroupHeartbeat v0: joins, reports its tasks, or leaves. */
const heartbeat = (
  { groupId, topic }: MemberOptions,
  memberId: string,
  { epoch, tasks }: FeedSnapshot,
): ApiRequest<{
  readonly errorCode: number
  readonly errorMessage: string | null
  readonly snapshot: FeedSnapshot
}> => ({
  apiKey: 88,
  apiName: 'StreamsGroupHeartbeat',
  apiVersion: 0,
  isFlexible: true,
  encode: writer => {
    writer.compactString(groupId).compactString(memberId).int32(epoch).int32(0)
    writer.compactString(null).compactString(null).int32(60_000)
    if (epoch === JOINING) writeTopology(writer, topic)
    else writer.int8(-1)
    writeTasks(writer, tasks)
    nothing(writer, 2)
    writer.compactString('process').int8(-1)
    nothing(writer, 1)
    // Offsets of tasks: Kafka itself does not support them yet and accepts only null.
    writer.compactArray(null, () => {}).compactArray(null, () => {})
    writer.boolean(false).noTags()
  },
  decode: reader => {
    reader.int32() // throttle time
    const errorCode = reader.int16()
    const errorMessage = reader.compactString()
    reader.compactString() // member id
    const newEpoch = reader.int32()
    for (let i = 0; i < 3; i++) reader.int32() // intervals
    reader.compactArray(() => {
      reader.int8()
      reader.compactString()
      reader.skipTags()
    })
    // Null means unchanged.
    const active = reader.compactArray(() => {
      reader.compactString()
      const partitions = reader.compactArray(() => reader.int32())
      reader.skipTags()
      return partitions
    })
    const reported = active.flat()
    return { errorCode, errorMessage, snapshot: { epoch: newEpoch, tasks: reported.length > 0 ? reported : tasks } }
  },
})

/** A connection to the coordinator. On a cluster without groups, looking for it creates the offsets topic. */
const openCoordinator = async (door: Door, broker: string, groupId: string): Promise<Link> => {
  const first = await Link.open(door, broker, 5000)
  try {
    const address = await eventually(async () => {
      const [found] = await first.call(findCoordinatorsRequest('GROUP', [groupId]), 5000)
      if (found?.errorCode !== 0) throw new Error(`no coordinator: ${found?.errorMessage}`)
      return found.address
    })
    return await Link.open(door, address, 5000)
  } finally {
    first.destroy(new KafkaError('CLOSED'))
  }
}

/**
 * A member of a streams group (KIP-1071) that reads one topic. It sends heartbeats until it has its tasks: Kafka
 * Streams itself is not among the jars. It stays for the session's 45 s, or until it is disposed.
 */
export async function startStreamsMember(target: ToolTarget, options: MemberOptions): Promise<AsyncDisposable> {
  const brokers = target.bootstrapServers.split(',')
  const { clientId = 'streams-member' } = options
  const door = openDoor({ brokers, clientId, logCreator: createLogCreator(silentLogger) })
  const link = await openCoordinator(door, brokers[0] ?? '', options.groupId)
  const memberId = randomUUID()
  let snapshot: FeedSnapshot = { epoch: JOINING, tasks: [] }
  const beat = async (next: FeedSnapshot): Promise<void> => {
    const { errorCode, errorMessage, snapshot: reported } = await link.call(heartbeat(options, memberId, next), 5000)
    if (errorCode !== 0) throw kafkaErrorOf(errorCode, errorMessage)
    snapshot = reported
  }
  await eventually(async () => {
    await beat(snapshot)
    if (snapshot.tasks.length === 0) throw new Error('no tasks yet')
  })
  // Reports to the coordinator that the tasks have been taken.
  await beat(snapshot)
  return {
    async [Symbol.asyncDispose]() {
      await beat({ epoch: LEAVING, tasks: [] })
      link.destroy(new KafkaError('CLOSED'))
    },
  }
}
