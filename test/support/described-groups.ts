import { kafkaToolOutput, type ToolTarget } from './kafka-tools.ts'

const groupCommand = 'org.apache.kafka.tools.consumer.group.ConsumerGroupCommand'
const shareGroupCommand = 'org.apache.kafka.tools.consumer.group.ShareGroupCommand'

/** A line that one of the tools prints, by column heading. */
export type ToolRow = Readonly<Record<string, string>>

/** The rows of these groups, from any number of tables. */
const rowsOf = (printed: string, groupIds: readonly string[]): readonly ToolRow[] => {
  let headings: readonly string[] = []
  return printed.split('\n').flatMap(line => {
    const cells = line.trim().split(/\s+/)
    if (cells[0] === 'GROUP') headings = cells
    if (!groupIds.includes(cells[0] ?? '')) return []
    return [Object.fromEntries(headings.map((heading, index) => [heading, cells[index] ?? '']))]
  })
}

/** `kafka-consumer-groups --describe` of these groups. */
export async function describedGroups(
  target: ToolTarget,
  groupIds: readonly string[],
  section: '--offsets' | '--members' | '--state',
): Promise<readonly ToolRow[]> {
  const groups = groupIds.flatMap(groupId => ['--group', groupId])
  const printed = await kafkaToolOutput(target, groupCommand, ['--describe', section, '--verbose', ...groups])
  return rowsOf(printed, groupIds)
}

/** `kafka-share-groups --describe --offsets` of one group. */
export async function describedShareOffsets(target: ToolTarget, groupId: string): Promise<readonly ToolRow[]> {
  const printed = await kafkaToolOutput(target, shareGroupCommand, ['--describe', '--offsets', '--group', groupId])
  return rowsOf(printed, [groupId])
}
