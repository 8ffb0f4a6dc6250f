import { ByteWriter } from '../../../../src/kafkajs/wire/byte-writer.ts'
import { testLimits } from '../../open-kafka.ts'
import {
  metadataAnswer,
  type Script,
  type ScriptedBroker,
  startScriptedBroker,
} from '../../transport/scripted-broker.ts'

export const OFFSET_COMMIT = 8
export const OFFSET_FETCH = 9
export const FIND_COORDINATOR = 10
export const LEAVE_GROUP = 13
export const DESCRIBE_GROUPS = 15
export const LIST_GROUPS = 16
export const API_VERSIONS = 18
export const DELETE_GROUPS = 42
export const CONSUMER_GROUP_DESCRIBE = 69
export const STREAMS_GROUP_DESCRIBE = 89

/** Bounds short enough for silent brokers. */
export const shortLimits = {
  clusterMap: { ...testLimits.clusterMap, askMs: 300, hedgeMs: 100 },
  groups: { deadlineMs: 1500, brokerMs: 400, cacheMs: 0 },
}

/** Brokers of one cluster, nodes 1, 2, …, each with its own script. */
export const startCluster = async (...scripts: readonly Script[]): Promise<readonly ScriptedBroker[]> => {
  const brokers: ScriptedBroker[] = []
  const metadata = () => metadataAnswer({ brokers: brokers.map((broker, i) => ({ ...broker, nodeId: i + 1 })) })
  for (const script of scripts) brokers.push(await startScriptedBroker({ 3: metadata, ...script }))
  return brokers
}

/** Closes all brokers. */
export const closeAll = async (brokers: readonly ScriptedBroker[]): Promise<void> => {
  for (const broker of brokers) await broker[Symbol.asyncDispose]()
}

/** An ApiVersions response with the highest version of each request. */
export const versionsAnswer = (newest: Readonly<Record<number, number>>): Buffer => {
  const writer = new ByteWriter().int16(0)
  writer.array(Object.entries(newest), ([key, max]) => writer.int16(Number(key)).int16(0).int16(max))
  return writer.int32(0).toBuffer()
}

/** A ListGroups response: v5 with a type for each group, otherwise v4. */
export const listAnswer = (
  groups: readonly { readonly groupId: string; readonly type?: string }[],
  errorCode = 0,
): Buffer => {
  const writer = new ByteWriter().int32(0).int16(errorCode)
  writer.compactArray(groups, ({ groupId, type }) => {
    writer.compactString(groupId).compactString('consumer').compactString('Stable')
    if (type !== undefined) writer.compactString(type)
    writer.noTags()
  })
  return writer.noTags().toBuffer()
}

/** A FindCoordinator response. */
export const coordinatorAnswer = (
  groupId: string,
  { nodeId, errorCode = 0 }: Record<'nodeId', number> & { errorCode?: number },
) => {
  const writer = new ByteWriter().int32(0)
  writer.compactArray([groupId], key => {
    writer.compactString(key).int32(nodeId).compactString('127.0.0.1').int32(1)
    writer.int16(errorCode).compactString(null).noTags()
  })
  return writer.noTags().toBuffer()
}

/** One group in a response. */
export interface ScriptedGroup {
  readonly groupId: string
  readonly errorCode?: number
  readonly state?: string
}

/** A DescribeGroups response, v5 or v6. Each group has one member, with partition 3 of topic "t". */
export const classicAnswer = (version: 5 | 6, groups: readonly ScriptedGroup[]): Buffer => {
  const assignment = new ByteWriter().int16(3)
  assignment.array(['t'], topic => assignment.string(topic).array([3], partition => assignment.int32(partition)))
  const bytes = assignment.int32(-1).toBuffer()
  const writer = new ByteWriter().int32(0)
  writer.compactArray(groups, ({ groupId, errorCode = 0, state = 'Stable' }) => {
    writer.int16(errorCode)
    if (version === 6) writer.compactString(null)
    writer.compactString(groupId).compactString(state).compactString('consumer').compactString('range')
    writer.compactArray(state === 'Stable' ? ['m'] : [], memberId => {
      writer.compactString(memberId).compactString('static').compactString('client').compactString('/h')
      writer
        .uvarint(1)
        .uvarint(bytes.length + 1)
        .raw(bytes)
        .noTags()
    })
    writer.int32(-2_147_483_648).noTags()
  })
  return writer.noTags().toBuffer()
}

const writeAssignment = (writer: ByteWriter, topics: number, partitions: readonly number[]): void => {
  writer.compactArray([...new Array(topics).keys()].reverse(), n => {
    writer.uuid('00000000-0000-4000-8000-000000000001').compactString(`t${n}`)
    writer.compactArray(partitions, partition => writer.int32(partition)).noTags()
  })
  writer.noTags()
}

/** The size of a scripted consumer group. */
export interface ConsumerGroupSize {
  readonly members: number
  readonly topics: number
  readonly partitions: number
}

/** A ConsumerGroupDescribe v1 response for one group whose members all have the same partitions, in reverse order. */
export const consumerAnswer = (groupId: string, { members, topics, partitions }: ConsumerGroupSize): Buffer => {
  const numbers = [...new Array(partitions).keys()].reverse()
  const writer = new ByteWriter().int32(0)
  writer.compactArray([groupId], id => {
    writer.int16(0).compactString(null).compactString(id).compactString('Stable').int32(7).int32(6)
    writer.compactString('uniform')
    writer.compactArray([...new Array(members).keys()], n => {
      writer.compactString(`m${n}`).compactString(null).compactString('rack').int32(5)
      writer
        .compactString('client')
        .compactString('/h')
        .compactArray(['t'], topic => writer.compactString(topic))
      writer.compactString(null)
      writeAssignment(writer, topics, numbers)
      writeAssignment(writer, topics, numbers)
      writer.int8(n % 2).noTags()
    })
    writer.int32(0b1000).noTags()
  })
  return writer.noTags().toBuffer()
}

/**
 * A StreamsGroupDescribe v0 response: one member with task 1 of a topology that reads "in" and repartitions "again".
 */
export const streamsAnswer = (groupId: string): Buffer => {
  const writer = new ByteWriter().int32(0)
  const info = (name: string) => {
    writer.compactString(name).int32(2).int16(1)
    writer.compactArray(['k'], key => writer.compactString(key).compactString('v').noTags()).noTags()
  }
  const tasks = (partitions: readonly number[]) => {
    writer.compactArray(partitions, partition => {
      writer
        .compactString('0')
        .compactArray([partition], one => writer.int32(one))
        .noTags()
    })
  }
  const offsets = () => writer.compactArray([4n], at => writer.compactString('0').int32(1).int64(at).noTags())
  writer.compactArray([groupId], id => {
    writer.int16(0).compactString(null).compactString(id).compactString('NotReady').int32(4).int32(3)
    writer
      .int8(1)
      .int32(1)
      .compactArray(['0'], part => {
        writer.compactString(part).compactArray(['in'], one => writer.compactString(one))
        writer.compactArray(['again'], one => writer.compactString(one))
        writer.compactArray(['log'], info).compactArray(['again'], info).noTags()
      })
    writer.noTags()
    writer.compactArray(['m'], memberId => {
      writer.compactString(memberId).int32(4).compactString('static').compactString('rack')
      writer.compactString('client').compactString('/h').int32(1).compactString('process')
      writer.int8(1).compactString('host').int16(80).noTags()
      writer.compactArray(['k'], key => writer.compactString(key).compactString('v').noTags())
      offsets()
      offsets()
      for (const active of [[1], [0, 1]]) {
        tasks(active)
        tasks([2])
        tasks([])
        writer.noTags()
      }
      writer.boolean(false).noTags()
    })
    writer.int32(-2_147_483_648).noTags()
  })
  return writer.noTags().toBuffer()
}

/** One group in an OffsetFetch response. */
export interface ScriptedOffsets {
  readonly groupId: string
  readonly errorCode?: number
  /** Of partition 0 of topic "t". */
  readonly offset?: bigint
  readonly partitionError?: number
}

/** An OffsetFetch response, v8 or newer. */
export const offsetsAnswer = (groups: readonly ScriptedOffsets[]): Buffer => {
  const writer = new ByteWriter().int32(0)
  writer.compactArray(groups, ({ groupId, errorCode = 0, offset = 1n, partitionError = 0 }) => {
    writer.compactString(groupId).compactArray(errorCode === 0 ? ['t'] : [], topic => {
      writer.compactString(topic).compactArray([0], partition => {
        writer.int32(partition).int64(offset).int32(-1).compactString('').int16(partitionError).noTags()
      })
      writer.noTags()
    })
    writer.int16(errorCode).noTags()
  })
  return writer.noTags().toBuffer()
}

/** An OffsetCommit response for partition 0 of topic "t". */
export const commitAnswer = (errorCode: number): Buffer => {
  const writer = new ByteWriter().int32(0)
  writer.compactArray(['t'], topic => {
    writer.compactString(topic).compactArray([0], partition => writer.int32(partition).int16(errorCode).noTags())
    writer.noTags()
  })
  return writer.noTags().toBuffer()
}

/** A DeleteGroups response. */
export const deletedAnswer = (groups: readonly ScriptedGroup[]): Buffer => {
  const writer = new ByteWriter().int32(0)
  writer.compactArray(groups, one =>
    writer
      .compactString(one.groupId)
      .int16(one.errorCode ?? 0)
      .noTags(),
  )
  return writer.noTags().toBuffer()
}
