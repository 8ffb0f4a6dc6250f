import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { commandLineOf, startTimeOf } from '../../src/local-kafka/data-folder/process-identity.ts'
import { startLocalKafka } from '../../src/local-kafka/start/start-local-kafka.ts'
import { eventually } from '../support/eventually.ts'
import { tempDir } from '../support/temp-dir.ts'

const script = fileURLToPath(new URL('../support/owner.ts', import.meta.url))

interface Owner {
  readonly child: ChildProcess
  readonly java: number
  readonly bootstrapServers: string
}

async function startOwner(dir: string): Promise<Owner> {
  const child = spawn(process.execPath, ['--import', 'tsx', script, dir], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = await once(createInterface(child.stdout), 'line')
  return { child, ...JSON.parse(line) }
}

async function end(owner: Owner, signal: NodeJS.Signals): Promise<void> {
  const exited = once(owner.child, 'exit')
  owner.child.kill(signal)
  await exited
}

const isGone = (pid: number) => expect(startTimeOf(pid)).toBeUndefined()
const optionsFor = (dir: string) => ({ nodes: 1, dir, env: process.env, kafkaHome: process.env.KAFKA_HOME }) as const

test('after kill -9 of its owner no Java is left, and the next start takes over the folder', async () => {
  await using dir = await tempDir()
  const owner = await startOwner(dir.path)
  expect(commandLineOf(owner.java)).toContain(dir.path)
  await end(owner, 'SIGKILL')
  await eventually(() => isGone(owner.java), { within: 5000 })
  await using next = await startLocalKafka(optionsFor(dir.path))
  expect(next.bootstrapServers).toBe(owner.bootstrapServers)
})

test('a start right after kill -9 waits for the old Java to exit', async () => {
  await using dir = await tempDir()
  const owner = await startOwner(dir.path)
  await end(owner, 'SIGKILL')
  await using next = await startLocalKafka(optionsFor(dir.path))
  isGone(owner.java)
  expect(next.nodes[0]?.pid).not.toBe(owner.java)
})

test('a paused Java also exits when its owner is killed', async () => {
  await using dir = await tempDir()
  const owner = await startOwner(dir.path)
  process.kill(owner.java, 'SIGSTOP')
  await end(owner, 'SIGKILL')
  await eventually(() => isGone(owner.java), { within: 5000 })
})

test('SIGTERM to its owner stops Kafka in order', async () => {
  await using dir = await tempDir()
  const owner = await startOwner(dir.path)
  await end(owner, 'SIGTERM')
  expect(owner.child.exitCode).toBe(0)
  isGone(owner.java)
})

test('a lock whose process id now belongs to another program is taken over, and that program keeps running', async () => {
  await using dir = await tempDir()
  const stranger = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)'], { stdio: 'ignore' })
  const pid = stranger.pid ?? 0
  try {
    const java = [{ pid, properties: join(dir.path, 'nodes-1', 'node-1', 'server.properties') }]
    await writeFile(join(dir.path, 'lock.json'), JSON.stringify({ pid, startTime: 'long ago', java }))
    await using kafka = await startLocalKafka(optionsFor(dir.path))
    expect(kafka.nodes).toHaveLength(1)
    expect(stranger.exitCode ?? stranger.signalCode).toBeNull()
  } finally {
    stranger.kill('SIGKILL')
  }
})
