import { kafkaToolOutput, type ToolTarget } from './kafka-tools.ts'

const groupTool = 'org.apache.kafka.tools.consumer.group.ConsumerGroupCommand'
const shareTool = 'org.apache.kafka.tools.consumer.group.ShareGroupCommand'

/** A line of a tool's table, by column heading ("CURRENT-OFFSET"); null where it prints "-". */
export type ToolRow = Readonly<Record<string, string | null>>

/** One of the tables about groups. */
export type GroupTable = 'offsets' | 'members' | 'state'

/** The rows of the tables that group tools print, each below a heading line that begins with GROUP or TOPIC. */
export const parseTables = (printed: string): readonly ToolRow[] => {
  let heads: readonly string[] = []
  const rows: ToolRow[] = []
  for (const line of printed.split('\n')) {
    // "COORDINATOR (ID)" above "127.0.0.1:9092  (1)" is one column.
    const cells = line
      .trim()
      .replace(/\s+\((\w+)\)/, '($1)')
      .split(/\s+/)
    if (/^(GROUP|TOPIC) /.test(line)) heads = cells
    else if (cells.length > 1 && heads.length > 0) {
      rows.push(Object.fromEntries(heads.map((head, i) => [head, cells[i] === '-' ? null : (cells[i] ?? null)])))
    }
  }
  return rows
}

/** `kafka-consumer-groups --describe`. */
export async function describeGroupsByTool(
  target: ToolTarget,
  table: GroupTable,
  groupIds: readonly string[],
): Promise<readonly ToolRow[]> {
  const args = ['--describe', `--${table}`, '--verbose', ...groupIds.flatMap(groupId => ['--group', groupId])]
  return parseTables(await kafkaToolOutput(target, groupTool, args))
}

/** `kafka-share-groups --describe`. */
export async function describeShareGroupByTool(
  target: ToolTarget,
  table: GroupTable,
  groupId: string,
): Promise<readonly ToolRow[]> {
  const args = ['--describe', `--${table}`, '--group', groupId]
  return parseTables(await kafkaToolOutput(target, shareTool, args))
}

/** `kafka-groups --list`: type and protocol of every group. */
export async function listGroupsByTool(target: ToolTarget): Promise<readonly ToolRow[]> {
  return parseTables(await kafkaToolOutput(target, 'org.apache.kafka.tools.GroupsCommand', ['--list']))
}

/** `kafka-consumer-groups` with any other arguments. */
export function groupToolOutput(target: ToolTarget, args: readonly string[]): Promise<string> {
  return kafkaToolOutput(target, groupTool, args)
}

/** `kafka-share-groups` with any other arguments. */
export function shareGroupToolOutput(target: ToolTarget, args: readonly string[]): Promise<string> {
  return kafkaToolOutput(target, shareTool, args)
}
