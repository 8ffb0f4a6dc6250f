import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { ask, askGraphQL } from '../server/support/ask.ts'
import { eventually } from '../support/eventually.ts'
import { processesOf } from '../support/processes-of.ts'
import { tempDir } from '../support/temp-dir.ts'

const startWithNpm = (folder: string) => {
  const { KAFKA_BROKERS: _brokers, TOPICS: _topics, ...inherited } = process.env
  const child = spawn('npm', ['start'], {
    cwd: new URL('../..', import.meta.url),
    env: { ...inherited, PORT: '0', LOCAL_KAFKA_DIR: folder },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const output = { text: '' }
  child.stdout.on('data', data => {
    output.text += data
  })
  return { child, output, exited: once(child, 'exit') }
}

test.runIf(process.platform === 'linux')(
  'npm start brings up the API on a Kafka of its own; SIGTERM to npm ends both, and nothing stays',
  async () => {
    await using dir = await tempDir()
    const { child, output, exited } = startWithNpm(dir.path)
    try {
      await eventually(() => expect(output.text).toContain('Ready: '), { within: 120_000 })
      const url = /Listening on (\S+)/.exec(output.text)?.[1] ?? ''
      expect((await ask(new URL('/readyz', url).href)).status).toBe(200)
      const { text } = await askGraphQL(url, '{ topic(name: "ishwar-topic") { partitionCount replicationFactor } }')
      expect(JSON.parse(text).data.topic).toEqual({ partitionCount: 2, replicationFactor: 1 })
      expect(processesOf(dir.path).length).toBeGreaterThan(0)
    } finally {
      child.kill('SIGTERM')
      await exited
    }
    await eventually(() => expect(processesOf(dir.path)).toEqual([]))
  },
)
