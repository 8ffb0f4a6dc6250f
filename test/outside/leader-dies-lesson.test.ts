import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { askGraphQL } from '../server/support/ask.ts'
import { openSocket } from '../server/support/socket-client.ts'
import { eventually } from '../support/eventually.ts'
import { type RunningProgram, startProgram } from '../support/start-program.ts'
import { type TempDir, tempDir } from '../support/temp-dir.ts'
import { type BuiltProject, buildProject } from './support/built-project.ts'

const GUIDE = readFileSync(new URL('../../docs/kafka-in-five-minutes.md', import.meta.url), 'utf8')

let project: BuiltProject
let dir: TempDir

beforeAll(async () => {
  dir = await tempDir()
  project = await buildProject()
})
afterAll(async () => {
  await project?.[Symbol.asyncDispose]()
  await dir?.[Symbol.asyncDispose]()
})

/** The settings of the guide's commands for three brokers, in order. */
const commands = [...GUIDE.matchAll(/^((?:\w+=\S+ )*LOCAL_KAFKA_NODES=3 (?:\w+=\S+ )*)npm start$/gm)].map(
  ([, text = '']) =>
    Object.fromEntries(
      text
        .trim()
        .split(' ')
        .map(pair => pair.split('=')),
    ),
)

/** An operation of the guide, by its name. */
const operation = (name: string): string =>
  new RegExp(`\`\`\`graphql\\n((?:query|mutation) ${name} [\\s\\S]*?)\`\`\``).exec(GUIDE)?.[1] ?? ''

const start = (settings: NodeJS.ProcessEnv | undefined): RunningProgram =>
  startProgram(process.execPath, [project.cli], {
    cwd: project.path,
    env: { ...settings, LOCAL_KAFKA_DIR: join(dir.path, settings?.LOCAL_KAFKA_DIR ?? '') },
  })

const run = async (program: RunningProgram, document: string) => {
  const { text } = await askGraphQL(await program.url(), document)
  return JSON.parse(text).data
}

interface Shown {
  readonly leader: { readonly nodeId: number } | null
  readonly leaderEpoch: number
  readonly replicas: readonly { readonly brokerId: number; readonly isOffline: boolean }[]
  readonly isr: readonly { readonly brokerId: number }[]
  readonly isUnderReplicated: boolean
  readonly isUnderMinIsr: boolean
}

/** Partition 0 as shown by the guide's query. */
const partition0 = async (program: RunningProgram): Promise<Shown> =>
  (await run(program, operation('Replicated'))).topic.partitions[0]

const isrOf = ({ isr }: Shown) => isr.map(({ brokerId }) => brokerId).sort()

const killLeader = async (program: RunningProgram): Promise<number> => {
  const leader = (await partition0(program)).leader?.nodeId
  const [, pid] = new RegExp(`broker ${leader} at \\S+, process (\\d+)`).exec(program.stdout) ?? []
  process.kill(Number(pid), 'SIGKILL')
  return Number(leader)
}

const produce = (program: RunningProgram, value: string) =>
  run(
    program,
    `mutation { produce(input: { topic: "replicated", messages: [{ partition: 0, value: { string: "${value}" } }] }) { errors { code } } }`,
  )

test("the guide's lesson: a leader dies and stays down, another takes over; then a killed broker restarts by itself", async () => {
  expect(commands).toMatchObject([{ LOCAL_KAFKA_RESTART: 'false' }, { LOCAL_KAFKA_NODES: '3' }])
  {
    await using program = start(commands[0])
    await program.printed('"msg":"ready"', 180_000)
    expect((await run(program, operation('ThreeReplicas'))).createTopics.errors).toEqual([])
    await eventually(async () => expect(isrOf(await partition0(program))).toEqual([1, 2, 3]))
    const before = await partition0(program)
    using watching = await openSocket((await program.url()).replace('http', 'ws'))
    watching.subscribe('1', 'subscription { messages(topic: "replicated", from: { earliest: true }) { offset } }')
    expect((await produce(program, 'one')).produce.errors).toEqual([])
    const dead = await killLeader(program)
    expect((await produce(program, 'two')).produce.errors).toEqual([])
    await eventually(
      async () => {
        const now = await partition0(program)
        expect(isrOf(now)).toEqual([1, 2, 3].filter(id => id !== dead))
        expect(isrOf(now)).toContain(now.leader?.nodeId)
        expect(now.leaderEpoch).toBeGreaterThan(before.leaderEpoch)
        expect(now.replicas.find(({ brokerId }) => brokerId === dead)?.isOffline).toBe(true)
        expect([now.isUnderReplicated, now.isUnderMinIsr]).toEqual([true, false])
      },
      { within: 60_000 },
    )
    await eventually(() => {
      const offsets = watching.messages.flatMap(message => JSON.stringify(message).match(/"offset":"?\d+/g) ?? [])
      expect(offsets.map(text => text.replace(/\D/g, ''))).toEqual(['0', '1'])
    })
    expect(program.stdout).toContain(`node ${dead} of the local Kafka exited: it was killed (SIGKILL); it stays down`)
    program.child.kill('SIGINT')
    expect(await program.exited).toBe(0)
  }
  await using program = start(commands[1])
  await program.printed('"msg":"ready"', 180_000)
  await eventually(async () => expect(isrOf(await partition0(program))).toEqual([1, 2, 3]), { within: 60_000 })
  const dead = await killLeader(program)
  await program.printed(`node ${dead} of the local Kafka runs again`, 120_000)
  await eventually(async () => expect(isrOf(await partition0(program))).toEqual([1, 2, 3]), { within: 60_000 })
}, 600_000)
