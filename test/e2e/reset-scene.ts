import { ResetGroupOffsetsDocument, type ResetGroupOffsetsMutationVariables } from '../generated/operations.ts'
import { startTestApp, type TestApp, type Written } from '../support/app.ts'
import type { ToolRow } from '../support/group-tool.ts'
import { commitOffsets, freshGroupId } from '../support/groups.ts'

interface Offset {
  readonly partition: { readonly partition: number } | null
  readonly offset: string
  readonly lag: string | null
}

interface Failure {
  readonly code: string
  readonly path?: readonly string[] | null
}

/** What a mutation of a group's offsets answers. */
interface Change {
  readonly before: readonly Offset[]
  readonly after: readonly Offset[]
  readonly errors: readonly Failure[]
}

/** Offsets by partition. */
export const offsetsOf = (offsets: readonly Offset[]): Readonly<Record<string, string>> =>
  Object.fromEntries(offsets.map(({ partition, offset }) => [partition?.partition, offset]))

/** A change as offsets by partition and codes of errors. */
export const short = ({ before, after, errors }: Change) => ({
  before: offsetsOf(before),
  after: offsetsOf(after),
  errors: errors.map(({ code }) => code),
})

/** Columns of a tool's table by partition. */
export const byPartition = (rows: readonly ToolRow[], columns: readonly string[]) =>
  Object.fromEntries(rows.map(row => [row.PARTITION, columns.map(column => row[column])]))

const FIRST = Date.parse('2024-01-01T00:00:00.000Z')

/** When the messages of a minute were written. */
export const timeOf = (minute: number): string => new Date(FIRST + minute * 60_000).toISOString()

/** A topic with two partitions, with the values 0-0 to 0-4 and 1-0 to 1-4, a minute apart, and groups to change. */
export interface ResetScene extends AsyncDisposable {
  readonly app: TestApp
  readonly topic: string
  readonly written: readonly Written[]
  /** A group id that no other test has; the group goes with the scene. */
  freshGroup(): string
  /** A group without members that stands at 3 in partition 0 and at 1 in partition 1. */
  idleGroup(): Promise<string>
  /** The operation of the contract. */
  reset(variables: Omit<ResetGroupOffsetsMutationVariables, 'topic'>): Promise<Change>
  /** Any mutation of offsets, as a field with its arguments. */
  mutate(field: string): Promise<Change>
  /** What the API says that the group has committed, by partition. */
  committed(groupId: string): Promise<Readonly<Record<string, string>>>
}

const CHANGE =
  '{ before { partition { partition } offset lag } after { partition { partition } offset lag } errors { code path } }'
const COMMITTED =
  'query ($groupId: String!) { group: consumerGroup(groupId: $groupId) { ... on ConsumerGroup { offsets { partition { partition } offset lag } } } }'

/** Sets the scene on the run's Kafka. */
export const openResetScene = async (): Promise<ResetScene> => {
  const app = await startTestApp()
  const topic = await app.freshTopic({ numPartitions: 2, configs: [{ name: 'retention.ms', value: '-1' }] })
  const messages = [0, 1, 2, 3, 4].flatMap(minute =>
    [0, 1].map(partition => ({ partition, value: { string: `${partition}-${minute}` }, timestamp: timeOf(minute) })),
  )
  const written = await app.produce({ topic, messages })
  const groupIds: string[] = []
  const freshGroup = (): string => {
    const groupId = freshGroupId('reset')
    groupIds.push(groupId)
    return groupId
  }
  return {
    app,
    topic,
    written,
    freshGroup,
    async idleGroup() {
      const groupId = freshGroup()
      await commitOffsets(app.kafka, groupId, { [topic]: [3n, 1n] })
      return groupId
    },
    reset: async variables =>
      (await app.dataOf(ResetGroupOffsetsDocument, { topic, ...variables })).resetConsumerGroupOffsets,
    mutate: async field =>
      (await app.dataOf<{ readonly change: Change }>(`mutation { change: ${field} ${CHANGE} }`)).change,
    async committed(groupId) {
      const { group } = await app.dataOf<{ readonly group: { readonly offsets: readonly Offset[] } | null }>(
        COMMITTED,
        {
          groupId,
        },
      )
      return offsetsOf(group?.offsets ?? [])
    },
    async [Symbol.asyncDispose]() {
      await app.dataOf('mutation ($groupIds: [String!]!) { deleteGroups(groupIds: $groupIds) { deletedGroupIds } }', {
        groupIds,
      })
      await app[Symbol.asyncDispose]()
    },
  }
}
