import { expect, test } from 'vitest'
import { causeOfEnd, lastError } from '../../../src/local-kafka/node/cause-of-end.ts'

const node = {
  nodeId: 1,
  brokerPort: 20_001,
  controllerPort: 20_002,
  logsDir: '/data/logs',
  dataDir: '/data/data',
  propertiesFile: '/data/server.properties',
}
const endedWith = (line: string, code = 1) =>
  causeOfEnd({ node, code, signal: null, output: [], log: [`[2026-11-28 11:44:39,378] ERROR ${line} (kafka.Kafka$)`] })

test.each([
  ['java.io.IOException: No space left on device', 'DISK_FULL', 'no space is left on the disk of Kafka'],
  ['java.io.IOException: Disk quota exceeded', 'DISK_FULL', '/data/data'],
  ['java.io.IOException: Too many open files', 'OTHER', 'ulimit -n 4096'],
  ['java.net.BindException: Address already in use', 'PORT_TAKEN', 'port 20001 or 20002'],
  ['java.lang.OutOfMemoryError: unable to create native thread: possibly out of memory', 'OTHER', 'ulimit -u'],
  ['java.lang.OutOfMemoryError: Java heap space', 'OTHER', '512 MB'],
])('%s', (line, kind, text) => {
  expect(endedWith(line)).toMatchObject({ kind, text: expect.stringContaining(text) })
})

test("a lack of memory is found in Java's output, not in the log", () => {
  const output = [
    'Error occurred during initialization of VM',
    'Could not reserve enough space for 524288KB object heap',
  ]
  expect(causeOfEnd({ node, code: 1, signal: null, output, log: [] }).text).toContain('Java cannot get enough memory')
})

test('a signal from outside is the cause, whatever the log contains', () => {
  const log = ['[2026-11-28 11:44:39,378] ERROR No space left on device (kafka.log.LogManager)']
  expect(causeOfEnd({ node, code: null, signal: 'SIGKILL', output: [], log }).kind).toBe('KILLED')
  expect(causeOfEnd({ node, code: 143, signal: null, output: [], log }).text).toBe('it was stopped (SIGTERM)')
  expect(causeOfEnd({ node, code: null, signal: 'SIGABRT', output: [], log }).kind).toBe('DISK_FULL')
})

test('otherwise the cause is the last logged error with its innermost exception, in one line', () => {
  const log = [
    '[2026-11-28 11:44:38,000] ERROR An older one (kafka.A)',
    '[2026-11-28 11:44:39,000] ERROR Exiting Kafka due to fatal exception (kafka.Kafka$)',
    'java.io.UncheckedIOException: outer',
    '\tat kafka.Kafka.main(Kafka.scala)',
    "Caused by: com.fasterxml.jackson.core.JsonParseException: Unrecognized token 'xx'.",
    '\tat com.fasterxml.jackson.core.JsonParser.a(JsonParser.java:2675)',
    '[2026-11-28 11:44:40,000] INFO Shutting down (kafka.A)',
  ]
  const last =
    "Exiting Kafka due to fatal exception: com.fasterxml.jackson.core.JsonParseException: Unrecognized token 'xx'"
  expect(lastError(log)).toBe(last)
  expect(lastError([])).toBeUndefined()
  const { text } = causeOfEnd({ node, code: 1, signal: null, output: [], log })
  expect(text).toBe(`Java exited with exit code 1: ${last}; Kafka's logs are in /data/logs`)
})
