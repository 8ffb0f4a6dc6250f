import { expect, test } from 'vitest'
import { RegistrySide } from '../../src/app/registry-side.ts'
import { schemaCompilers } from '../../src/app/schema-compilers.ts'
import { readConfig } from '../../src/config/config.ts'
import { createMetrics } from '../../src/observe/metrics.ts'
import { stubRegistry } from '../payloads/registry/stub-registry.ts'
import { testCall } from '../support/call.ts'

const sideOf = (env: Readonly<Record<string, string>>): RegistrySide =>
  new RegistrySide(readConfig([], env), schemaCompilers)

test('without settings there is no registry: the port and the schemas say so', async () => {
  await using side = sideOf({})
  expect(side.port.isConfigured(testCall)).toBe(false)
  await expect(side.port.listSubjects(testCall, { isDeleted: false })).rejects.toMatchObject({
    code: 'SCHEMA_REGISTRY_NOT_CONFIGURED',
    message: expect.stringContaining('SCHEMA_REGISTRY_URL'),
  })
  expect(side.schemas.byId(1)).toMatchObject({ problem: expect.stringContaining('SCHEMA_REGISTRY_URL') })
})

test('the settings reach the requests, and the metrics count them', async () => {
  await using stub = await stubRegistry(() => ['a'])
  await using side = sideOf({ SCHEMA_REGISTRY_URL: `${stub.url}/base/`, SCHEMA_REGISTRY_TOKEN: 'abc' })
  const metrics = createMetrics()
  side.observe(metrics)
  expect(side.port.isConfigured(testCall)).toBe(true)
  expect(await side.port.listSubjects(testCall, { isDeleted: false })).toEqual(['a'])
  expect(stub.received).toMatchObject([{ headers: { authorization: 'Bearer abc' } }])
  expect(stub.received[0]?.url).toMatch(/^\/base\/subjects/)
  const text = await metrics.render()
  for (const line of ['requests_total 1', 'failures_total 0', 'up 1'])
    expect(text).toContain(`kafka_graphql_schema_registry_${line}\n`)
})

test('a local registry that has not started yet is unavailable, and its schemas are answered at once', async () => {
  await using side = sideOf({ LOCAL_REGISTRY: 'true' })
  const asked = side.port.listSubjects(testCall, { isDeleted: false })
  await expect(asked).rejects.toMatchObject({ code: 'SCHEMA_REGISTRY_UNAVAILABLE', retriable: true })
  await expect(asked).rejects.toThrow('is being started')
  expect(side.schemas.byId(1)).toMatchObject({ problem: expect.stringContaining('is being started') })
})
