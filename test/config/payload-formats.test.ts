import { expect, it } from 'vitest'
import { readConfig } from '../../src/config/config.ts'
import { ConfigProblem } from '../../src/config/config-problem.ts'

const rulesOf = (text: string) => readConfig([], { PAYLOAD_FORMATS: text }).payloadFormats

const problemOf = (text: string): string => {
  try {
    rulesOf(text)
  } catch (thrown) {
    if (thrown instanceof ConfigProblem) return thrown.message
    throw thrown
  }
  throw new Error('the setting was accepted')
}

it('formats name topics by patterns, a part, and a format or a subject', () => {
  const rule = { subject: null, messageName: null, header: null }
  expect(
    rulesOf(
      'orders.*.key=int64, a.value=avro:orders-value,b.value=protobuf::.staging:b-value:shop.Order, c.header:trace.id=uuid, *.header:x=y=json',
    ),
  ).toEqual([
    { ...rule, topics: 'orders.*', part: 'KEY', format: 'INT64' },
    { ...rule, topics: 'a', part: 'VALUE', format: 'AVRO', subject: 'orders-value' },
    {
      ...rule,
      topics: 'b',
      part: 'VALUE',
      format: 'PROTOBUF',
      subject: ':.staging:b-value',
      messageName: 'shop.Order',
    },
    { ...rule, topics: 'c', part: 'HEADER', header: 'trace.id', format: 'UUID' },
    { ...rule, topics: '*', part: 'HEADER', header: 'x=y', format: 'JSON' },
  ])
  expect(readConfig([], {}).payloadFormats).toEqual([])
})

it('a pattern may end like a part: the last dot separates the part', () => {
  expect(rulesOf('app.value.key=string')).toMatchObject([{ topics: 'app.value', part: 'KEY' }])
})

it.each([
  ['orders.key', '"orders.key" has no equals sign: write topic-pattern.key=int64'],
  ['key=int64', '"key=int64" names no part of a message'],
  ['orders.val=int64', 'names the part "val", not key, value or header:NAME'],
  ['orders.vlaue=int64', 'did you mean value?'],
  ['orders.headers:a=int64', 'did you mean header:NAME?'],
  ['orders.header:=int64', 'names no header'],
  ['or ders.key=int64', 'has the topic pattern "or ders"'],
  ['orders.key=long', 'names the format "long", which does not exist: did you mean int64?'],
  ['orders.key=INT64', 'did you mean int64?'],
  ['orders.key=itn64', 'did you mean int64?'],
  ['orders.key=messagepack', 'did you mean msgpack?'],
  ['orders.key=xml', 'one of null, string, json, avro'],
  ['orders.value=avro', 'names no subject of the schema registry: write avro:orders-value'],
  ['orders.value=avro:', 'names no subject'],
  ['orders.value=json:orders', 'json needs no schema: write json'],
  ['orders.value=avro:a:b.C', 'names a message, which only Protobuf has: write avro:a'],
  ['a.key=int8,,b.key=int8', 'an item of the list is empty'],
])('%s is refused: %s', (text, problem) => {
  expect(problemOf(text)).toContain(problem)
})

it('every mistake is reported at once', () => {
  const problem = problemOf('a.key=int7, b.kye=int8')
  expect(problem).toContain('"int7"')
  expect(problem).toContain('"kye"')
})
