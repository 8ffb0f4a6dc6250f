import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import type {
  LocalKafka,
  LocalKafkaExit,
  LocalKafkaOptions,
  LocalKafkaReturn,
} from '../../src/local-kafka/local-kafka.ts'
import { startLocalKafka } from '../../src/local-kafka/start/start-local-kafka.ts'
import { consoleConsume, consoleProduce } from '../support/console-tools.ts'
import { eventually } from '../support/eventually.ts'
import { processesOf } from '../support/processes-of.ts'
import { smallDisk } from '../support/small-disk.ts'
import { tempDir } from '../support/temp-dir.ts'
import { createTopicByTool } from '../support/topic-tool.ts'

// Each test starts Java at least twice.
vi.setConfig({ testTimeout: 240_000 })

interface Watched extends AsyncDisposable {
  readonly kafka: LocalKafka
  readonly dir: string
  readonly dataDir: string
  readonly exits: readonly LocalKafkaExit[]
  readonly returns: readonly LocalKafkaReturn[]
}

/** One node on its own folder that is restarted when it exits. */
const startWatched = async (options: Partial<LocalKafkaOptions> = {}): Promise<Watched> => {
  const dir = await tempDir()
  const exits: LocalKafkaExit[] = []
  const returns: LocalKafkaReturn[] = []
  const kafka = await startLocalKafka({
    nodes: 1,
    dir: dir.path,
    env: process.env,
    kafkaHome: process.env.KAFKA_HOME,
    restart: true,
    onExit: exit => exits.push(exit),
    onReturn: back => returns.push(back),
    ...options,
  })
  const dataDir = join(dir.path, 'nodes-1/node-1/data')
  const close = () => kafka.close().finally(() => dir[Symbol.asyncDispose]())
  return { kafka, dir: dir.path, dataDir, exits, returns, [Symbol.asyncDispose]: close }
}

const listenOn = async (port: number): Promise<AsyncDisposable> => {
  const server = createServer(connection => connection.destroy()).listen({ port, host: '127.0.0.1' })
  await once(server, 'listening')
  return { [Symbol.asyncDispose]: () => new Promise(resolve => server.close(() => resolve())) }
}

const canLimitProcesses = (): boolean => {
  try {
    execFileSync('prlimit', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

const kill = ({ kafka }: Watched): void => {
  const pid = kafka.nodes[0]?.pid
  if (pid !== undefined) process.kill(pid, 'SIGKILL')
}

const hasEnded = (watched: Watched, times = 1) =>
  eventually(() => expect(watched.exits.length).toBeGreaterThanOrEqual(times), { within: 60_000 })
const isBack = (watched: Watched, times = 1) =>
  eventually(() => expect(watched.returns.length).toBeGreaterThanOrEqual(times), { within: 60_000 })

test('a killed node restarts on its port and data, and reports why it was down', async () => {
  await using watched = await startWatched()
  const { kafka, exits, returns } = watched
  await createTopicByTool(kafka, 'kept')
  await consoleProduce(kafka, 'kept', ['before'])
  const [before] = kafka.nodes
  expect(before?.trouble).toBeNull()
  kill(watched)
  await hasEnded(watched)
  expect(exits).toMatchObject([{ nodeId: 1, signal: 'SIGKILL', cause: 'it was killed (SIGKILL)', restartInMs: 1000 }])
  expect(kafka.nodes[0]).toMatchObject({ pid: undefined, trouble: expect.stringContaining('killed (SIGKILL)') })
  await isBack(watched)
  expect(kafka.nodes[0]).toMatchObject({ port: before?.port, trouble: null, pid: returns[0]?.pid })
  expect((await consoleConsume(kafka, 'kept', { maxMessages: 1 }))[0]?.value).toBe('before')
  // The node did not last, so the next restart is later.
  kill(watched)
  await hasEnded(watched, 2)
  expect(exits[1]).toMatchObject({ restartInMs: 2000 })
  await isBack(watched, 2)
})

test('a node that was stopped by another program restarts, too', async () => {
  await using watched = await startWatched()
  const [node] = watched.kafka.nodes
  process.kill(node?.pid ?? 0, 'SIGTERM')
  await isBack(watched)
  expect(watched.exits).toMatchObject([{ code: 143, cause: 'it was stopped (SIGTERM)' }])
})

test('closing during a pending restart leaves no Java, and unlocks the folder', async () => {
  const watched = await startWatched()
  kill(watched)
  await hasEnded(watched)
  const again = startLocalKafka({ nodes: 1, dir: watched.dir, env: process.env })
  await expect(again).rejects.toMatchObject({ reason: 'FOLDER_IN_USE' })
  await watched.kafka.close()
  expect(existsSync(join(watched.dir, 'lock.json'))).toBe(false)
  expect(processesOf(watched.dir)).toEqual([])
  await watched[Symbol.asyncDispose]()
  expect(watched.returns).toEqual([])
})

test('closing during a running restart leaves no Java either', async () => {
  await using watched = await startWatched()
  kill(watched)
  await hasEnded(watched)
  await eventually(() => expect(watched.kafka.nodes[0]?.pid).toBeDefined())
  await watched.kafka.close()
  expect(processesOf(watched.dir)).toEqual([])
  expect(watched.exits).toHaveLength(1)
})

test('a stop or start by the owner replaces a pending restart', async () => {
  await using watched = await startWatched()
  const { kafka, returns } = watched
  kill(watched)
  await hasEnded(watched)
  await kafka.startNode(1)
  expect(kafka.nodes[0]).toMatchObject({ trouble: null, pid: expect.any(Number) })
  expect(returns).toEqual([])
  expect(processesOf(watched.dir).filter(command => command.includes('kafka.Kafka'))).toHaveLength(1)
  kill(watched)
  await hasEnded(watched, 2)
  await kafka.stopNode(1)
  expect(kafka.nodes[0]).toMatchObject({ trouble: null, pid: undefined })
})

test('without restart a killed node stays down, and reports that', async () => {
  await using watched = await startWatched({ restart: false })
  kill(watched)
  await hasEnded(watched)
  expect(watched.exits[0]?.restartInMs).toBeNull()
  expect(watched.kafka.nodes[0]?.trouble).toContain('LOCAL_KAFKA_RESTART is false')
})

describe('the reason is reported, and the node returns once it is gone:', () => {
  test('another program on its port', async () => {
    await using watched = await startWatched()
    const port = watched.kafka.nodes[0]?.port ?? 0
    kill(watched)
    await hasEnded(watched)
    {
      await using _other = await listenOn(port)
      await hasEnded(watched, 2)
      expect(watched.exits[1]?.cause).toContain(`another program listens on port ${port}`)
    }
    await isBack(watched)
  })

  test('a damaged file: the last error of its own log', async () => {
    await using watched = await startWatched()
    const file = join(watched.dataDir, 'meta.properties')
    kill(watched)
    writeFileSync(file, 'version=7\n')
    await hasEnded(watched, 2)
    expect(watched.exits[1]?.cause).toMatch(
      /^Java exited with exit code 1: .*No readable meta\.properties files found; Kafka's logs are in/,
    )
  })

  test.runIf(canLimitProcesses())('a limit on the size of files', async () => {
    await using watched = await startWatched()
    const { kafka, exits } = watched
    await createTopicByTool(kafka, 'grows')
    execFileSync('prlimit', ['--pid', String(kafka.nodes[0]?.pid), '--fsize=4096'])
    const text = 'x'.repeat(20_000)
    void consoleProduce(kafka, 'grows', [text]).catch(() => {})
    await hasEnded(watched)
    expect(exits[0]?.cause).toMatch(/has reached the size limit \(File too large\): raise it with ulimit -f/)
    await isBack(watched)
  })

  test('a full disk, with its folder', async ({ skip }) => {
    await using disk = await smallDisk()
    if (disk === null) return skip('not run: no file system can be mounted here')
    await using watched = await startWatched({ dir: disk.path })
    const { kafka, exits } = watched
    await createTopicByTool(kafka, 'grows')
    disk.fill()
    void consoleProduce(kafka, 'grows', ['x'.repeat(20_000)]).catch(() => {})
    await hasEnded(watched, 2)
    const dataDir = join(disk.path, 'nodes-1/node-1/data')
    for (const { cause } of exits)
      expect(cause).toContain(`no space is left on the disk of Kafka's data folder ${dataDir}`)
    expect(kafka.nodes[0]?.trouble).toContain('no space is left')
    await disk.clear()
    await isBack(watched)
    expect(kafka.nodes[0]?.trouble).toBeNull()
  })
})

test('a start on a full disk reports that', async ({ skip }) => {
  await using disk = await smallDisk()
  if (disk === null) return skip('not run: no file system can be mounted here')
  disk.fill()
  const started = startLocalKafka({ nodes: 1, dir: disk.path, env: process.env, kafkaHome: process.env.KAFKA_HOME })
  await expect(started).rejects.toMatchObject({ name: 'LocalKafkaProblem', reason: 'DISK_FULL' })
  await expect(started).rejects.toThrow(`no space is left on the disk of Kafka's data folder ${disk.path}`)
  expect(existsSync(join(disk.path, 'lock.json'))).toBe(false)
})
