import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { ask, askGraphQL } from './server/support/ask.ts'
import { startCli } from './support/start-cli.ts'

/** Nothing listens on this port, which is reserved. */
const NO_KAFKA = { KAFKA_BROKERS: '127.0.0.1:1' }

test('--help shows every setting, --version the version', async () => {
  const help = startCli(['--help'])
  expect(await help.exited).toBe(0)
  expect(help.stdout).toContain('--kafka-brokers')
  const version = startCli(['--version'])
  expect(await version.exited).toBe(0)
  expect(version.stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
})

test('all problems of the settings are in one message, and the exit code is 1', async () => {
  const cli = startCli(['--prot', '1'], { KAFKA_BROKERS: 'localhost', TOPICS: 'a:b:c' })
  expect(await cli.exited).toBe(1)
  expect(cli.stderr).toContain('3 settings cannot be used')
  for (const setting of ['--prot', 'KAFKA_BROKERS', 'TOPICS']) expect(cli.stderr).toContain(`  ${setting}: `)
  expect(cli.stderr).not.toContain('    at ')
  expect(cli.stdout).toBe('')
})

test('a port that is taken is one message, and the exit code is 1', async () => {
  const other = createServer()
  await new Promise<void>(resolve => other.listen(0, '127.0.0.1', resolve))
  const address = other.address()
  const port = typeof address === 'object' ? String(address?.port) : ''
  const cli = startCli(['--port', port], NO_KAFKA)
  expect(await cli.exited).toBe(1)
  expect(cli.stderr).toContain(`127.0.0.1:${port} is taken`)
  expect(cli.stderr.trim().split('\n')).toHaveLength(1)
  other.close()
})

test('without Kafka it still listens, reports that in readyz, and returns typed errors', async () => {
  await using cli = startCli([], NO_KAFKA)
  const url = await cli.url()
  const { origin } = new URL(url)
  expect((await ask(`${origin}/livez`)).status).toBe(200)
  const ready = await ask(`${origin}/readyz`)
  expect(ready.status).toBe(503)
  expect(ready.text).toContain('Kafka does not answer')
  const { text } = await askGraphQL(url, '{ cluster { clusterId } }')
  expect(JSON.parse(text).errors[0].extensions).toMatchObject({ code: 'KAFKA_UNAVAILABLE', retriable: true })
})

test('SIGTERM and SIGINT shut it down in order, with exit code 0', async () => {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    const cli = startCli([], NO_KAFKA)
    await cli.url()
    cli.child.kill(signal)
    expect(await cli.exited).toBe(0)
    expect(cli.stdout).toContain('shutting down')
  }
})

test('lines after the start are structured', async () => {
  await using cli = startCli(['--log-level', 'info'], NO_KAFKA)
  await cli.url()
  cli.child.kill('SIGTERM')
  await cli.exited
  const [first, ...log] = cli.stdout.trim().split('\n')
  expect(first).toMatch(/^Listening on http:\/\/127\.0\.0\.1:\d+\/graphql$/)
  const lines = log.filter(line => line.startsWith('{')).map(line => JSON.parse(line))
  expect(lines.map(line => line.msg)).toContain('shutting down')
})
