import { kafkaToolOutput, type ToolTarget } from './kafka-tools.ts'

const groupCommand = 'org.apache.kafka.tools.consumer.group.ConsumerGroupCommand'

/** A line that `kafka-consumer-groups --describe` prints, by its column's heading. */
export type ToolRow = Readonly<Record<string, string>>

/** `kafka-consumer-groups --describe` of these groups, all tables of one section in one. */
export async function describedGroups(
  target: ToolTarget,
  groupIds: readonly string[],
  section: '--offsets' | '--members' | '--state',
): Promise<readonly ToolRow[]> {
  const groups = groupIds.flatMap(groupId => ['--group', groupId])
  const printed = await kafkaToolOutput(target, groupCommand, ['--describe', section, '--verbose', ...groups])
  let headings: readonly string[] = []
  return printed.split('\n').flatMap(line => {
    const cells = line.trim().split(/\s+/)
    if (cells[0] === 'GROUP') headings = cells
    if (!groupIds.includes(cells[0] ?? '')) return []
    return [Object.fromEntries(headings.map((heading, index) => [heading, cells[index] ?? '']))]
  })
}
