import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { NODE_VERSIONS, nodeBinary } from '../../devops/node/node-binary.ts'
import { type BuiltProject, buildProject } from '../outside/support/built-project.ts'
import { ask, askGraphQL } from '../server/support/ask.ts'
import { eventually } from '../support/eventually.ts'
import { processesOf } from '../support/processes-of.ts'
import { type RunningProgram, startProgram } from '../support/start-program.ts'
import { transports } from '../support/subscribe.ts'
import { tempDir } from '../support/temp-dir.ts'

let project: BuiltProject

beforeAll(async () => {
  project = await buildProject()
})

afterAll(() => project?.[Symbol.asyncDispose]())

const PRODUCE = `mutation ($messages: [ProducerMessageInput!]!) {
  produce(input: { topic: "orders", messages: $messages }) { results { offset } errors { code message } }
}`

const MESSAGES = `subscription ($after: Cursor) {
  messages(topic: "orders", from: { earliest: true }, after: $after) { offset cursor value { string } }
}`

interface Message {
  readonly messages: { readonly offset: string; readonly cursor: string; readonly value: { readonly string: string } }
}

const textOf = ({ messages }: Message) => messages.value.string

const produce = async (url: string, values: readonly string[]) => {
  const messages = values.map(value => ({ value: { string: value } }))
  const { text } = await askGraphQL(url, PRODUCE, {}, { messages })
  expect(JSON.parse(text)).toMatchObject({ data: { produce: { errors: [] } } })
}

const addresses = async (program: RunningProgram) => {
  await program.printed('"msg":"ready"', 120_000)
  const url = await program.url()
  return { url, socketUrl: url.replace('http', 'ws') }
}

/** Stops the program with SIGTERM and checks that it leaves no process behind. */
const stop = async (program: RunningProgram, folder: string) => {
  program.child.kill('SIGTERM')
  expect(await program.exited).toBe(0)
  expect(program.stdout).toContain('"msg":"shutting down"')
  // Neither a warning of Node nor a failure.
  expect(program.stderr).toBe('')
  await eventually(() => expect(processesOf(folder)).toEqual([]))
}

describe.each(NODE_VERSIONS)('the life of the program on Node %s', version => {
  test('it starts, produces, streams, resumes and stops', async () => {
    const node = await nodeBinary(version)
    expect((await promisify(execFile)(node, ['--version'])).stdout).toBe(`v${version}\n`)
    await using dir = await tempDir()
    const env = { LOCAL_KAFKA_DIR: join(dir.path, 'kafka'), TOPICS: 'orders:1:1' }
    const start = () => startProgram(node, [project.cli], { cwd: project.path, env })

    await using first = start()
    const api = await addresses(first)
    expect((await ask(new URL('/readyz', api.url).href)).status).toBe(200)
    await produce(api.url, ['a', 'b', 'c'])
    const cursors: string[] = []
    for (const [, connect] of transports) {
      await using client = connect(api)
      using messages = client.subscribe<Message>(MESSAGES)
      const two = await messages.take(2)
      expect(two.map(textOf)).toEqual(['a', 'b'])
      client.cut()
      cursors.push(two[1]?.messages.cursor ?? '')
    }
    await stop(first, dir.path)

    await using second = start()
    const again = await addresses(second)
    await produce(again.url, ['d'])
    for (const [index, [, connect]] of transports.entries()) {
      await using client = connect(again)
      using messages = client.subscribe<Message>(MESSAGES, { after: cursors[index] })
      expect((await messages.take(2)).map(textOf)).toEqual(['c', 'd'])
    }
    await stop(second, dir.path)
  }, 300_000)
})

test('a machine for which npm has no Node is named, with what helps', async () => {
  const nowhere = { platform: 'sunos', arch: 'sparc' }
  await expect(nodeBinary('22.23.3', nowhere)).rejects.toThrow(
    /^Node 22\.23\.3 cannot be installed here: npm's package node-sunos-sparc: .+ Set NODE_22 to the path of one\.$/,
  )
})
