import { readFileSync } from 'node:fs'
import { kafkaTool } from '../../../test/support/kafka-tools.ts'
import type { Sample } from '../harness/alternate.ts'
import { type Line, line } from '../harness/line.ts'
import type { Product } from '../harness/product.ts'
import type { Row } from '../harness/row.ts'
import type { Stage } from '../harness/stage.ts'
import { median } from '../harness/statistics.ts'
import { rssMb } from '../harness/usage.ts'
import { fillCluster } from '../load/fill-cluster.ts'

const TOPICS = 1000
const GROUPS = 1000
const PARTITIONS = 10
/** The size of one page; Kafka's own tool lists as many. */
const PAGE = 50
const WARM_REQUESTS = 30

const TOPICS_PAGE = `query Topics {
  topics(first: ${PAGE}, filter: { nameContains: "admin-" }) {
    nodes {
      name
      partitions { partition leader { nodeId } isr { brokerId } earliestOffset latestOffset }
    }
  }
}`

const contract = (name: string): string =>
  readFileSync(new URL(`../../../schema/operations/${name}.graphql`, import.meta.url), 'utf8')

interface Answer {
  readonly errors?: readonly unknown[]
}

/** Milliseconds of one request over HTTP. A response with errors fails the row. */
const timed = async (product: Product, query: string): Promise<number> => {
  const began = performance.now()
  const response = await fetch(product.httpUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables: { first: PAGE } }),
  })
  const answer: Answer = await response.json()
  if (answer.errors) throw new Error(JSON.stringify(answer.errors).slice(0, 500))
  return performance.now() - began
}

/**
 * A fresh process has empty caches, so its first request is the cold one. An unrelated first request opens no further
 * connection.
 */
const measured = async (stage: Stage, query: string): Promise<Sample> => {
  await using product = await stage.product()
  const cold = await timed(product, query)
  const warm: number[] = []
  for (let i = 0; i < WARM_REQUESTS; i++) warm.push(await timed(product, query))
  return { value: cold, rssMb: rssMb(product.pid), more: { warm: median(warm), rss: rssMb(product.pid) } }
}

const tool = async (stage: Stage, className: string, args: readonly string[]): Promise<Sample> => {
  const began = performance.now()
  const { code, stderr } = await kafkaTool(className, ['--bootstrap-server', stage.brokers, ...args])
  if (code !== 0) throw new Error(stderr)
  return { value: performance.now() - began }
}

const compare = async (stage: Stage, query: string, theirs: () => Promise<Sample>) => {
  const [ours, others]: [Sample[], Sample[]] = [[], []]
  for (let round = 0; round <= stage.rounds; round++) {
    const [one, other] = [await measured(stage, query), await theirs()]
    if (round === 0) continue
    ours.push(one)
    others.push(other)
  }
  return { ours, others }
}

const under = (limit: number) => ({
  text: `≤ ${limit} ms`,
  isMet: (figures: { ours: number }) => figures.ours <= limit,
})

/** The first pages of a large cluster's lists, compared with Kafka's own tools. */
export const administration: Row = {
  name: 'administration',
  about:
    '1,000 topics of 10 partitions and 1,000 groups on three nodes: the first pages, cold and warm, against Kafka’s tools',
  isLong: true,
  nodes: 3,
  run: async stage => {
    const sizes = { topics: stage.sized(TOPICS), groups: stage.sized(GROUPS), partitions: PARTITIONS }
    const { names, groupIds } = await fillCluster(stage, sizes)
    const describe = `^(${names.slice(0, PAGE).join('|')})$`
    const topics = await compare(stage, TOPICS_PAGE, () =>
      tool(stage, 'org.apache.kafka.tools.TopicCommand', ['--describe', '--topic', describe]),
    )
    const fifty = groupIds.slice(0, PAGE).flatMap(id => ['--group', id])
    const groups = await compare(stage, contract('groups-lag'), () =>
      tool(stage, 'org.apache.kafka.tools.consumer.group.ConsumerGroupCommand', ['--describe', ...fifty]),
    )
    const row = 'administration'
    const both: readonly (readonly [string, typeof topics, number, string])[] = [
      [
        `first page of ${PAGE} topics with partitions, leaders, ISR and offsets`,
        topics,
        500,
        'kafka-topics --describe',
      ],
      [`first page of ${PAGE} groups with members, offsets and lag`, groups, 300, 'kafka-consumer-groups --describe'],
    ]
    const lines: Line[] = both.map(([what, { ours, others }, limit, name]) =>
      line({
        row,
        what: `${what}, cold`,
        unit: 'ms',
        ours,
        others: [[`${name} of the same`, others]],
        aim: under(limit),
      }),
    )
    lines.push(
      line({ row, what: `the page of topics, warm`, unit: 'ms', ours: topics.ours, figure: 'warm', aim: under(50) }),
      line({ row, what: `the page of groups, warm`, unit: 'ms', ours: groups.ours, figure: 'warm' }),
      line({
        ...{ row, what: 'resident memory after both pages', unit: 'MB', ours: [...topics.ours, ...groups.ours] },
        ...{ figure: 'rss', aim: { text: '≤ 300 MB', isMet: ({ ours }) => ours <= 300 } },
        notes: [`${sizes.topics} topics of ${PARTITIONS} partitions, ${sizes.groups} groups, three nodes`],
      }),
    )
    return lines
  },
}
