import { expect, it } from 'vitest'
import type { ConfigEntry } from '../../../../src/kafka/cluster.ts'
import type { AlterConfigOp } from '../../../../src/kafka/ports/config-admin.ts'
import { hasOpShown } from '../../../../src/kafkajs/admin/configs/has-op-shown.ts'

const topic = { type: 'TOPIC', name: 'orders' } as const
const op = (kind: AlterConfigOp['op'], value: string | null): AlterConfigOp => ({ op: kind, name: 'config', value })
const entry = (value: string | null, more: Partial<ConfigEntry> = {}): ConfigEntry => ({
  name: 'config',
  value,
  source: 'DYNAMIC_TOPIC_CONFIG',
  type: 'STRING',
  isSensitive: false,
  isReadOnly: false,
  synonyms: [],
  documentation: null,
  ...more,
})
const byDefault = { source: 'DEFAULT_CONFIG' } as const

it.each([
  [op('SET', '5'), [entry('5')]],
  [op('SET', ' 007 '), [entry('7')]],
  [op('SET', '0.50'), [entry('0.5')]],
  [op('SET', 'TRUE'), [entry('true')]],
  [op('SET', 'a, b,a'), [entry('a,b')]],
  [op('SET', ''), [entry('')]],
  [op('SET', 'hush'), [entry(null, { isSensitive: true })]],
  [op('APPEND', 'b,c'), [entry('a,b,c')]],
  [op('SUBTRACT', 'b, c'), [entry('a')]],
  [op('SUBTRACT', 'a'), [entry('')]],
  [op('DELETE', null), [entry('5', byDefault)]],
  [op('DELETE', null), []],
])('%j shows in %j', (change, entries) => {
  expect(hasOpShown(topic, change, entries)).toBe(true)
})

it.each([
  [op('SET', '5'), [entry('6')]],
  [op('SET', '5'), [entry('5', byDefault)]],
  [op('SET', '5'), []],
  [op('SET', ''), [entry('0')]],
  [op('SET', 'a,b'), [entry('b,a')]],
  [op('SET', 'hush'), [entry(null, { isSensitive: true, ...byDefault })]],
  [op('APPEND', 'b,c'), [entry('a,b')]],
  [op('SUBTRACT', 'b'), [entry('a,b')]],
  [op('DELETE', null), [entry('5')]],
])('%j does not show in %j yet', (change, entries) => {
  expect(hasOpShown(topic, change, entries)).toBe(false)
})
