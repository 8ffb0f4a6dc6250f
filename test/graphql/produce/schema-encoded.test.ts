import { describe, expect, it } from 'vitest'
import { KafkaError, type Outcome } from '../../../src/kafka/errors/kafka-error.ts'
import type { OutgoingMessage } from '../../../src/kafka/message.ts'
import type { Call } from '../../../src/kafka/ports/call.ts'
import type { MessageSink, ProduceOptions } from '../../../src/kafka/ports/message-sink.ts'
import type { PayloadWriter, WriteRequest } from '../../../src/kafka/ports/payload-writer.ts'
import { harness } from '../harness.ts'

const PRODUCE = `mutation ($input: ProduceInput!) {
  produce(input: $input) { results { offset } errors { code message path } }
}`

interface Produced {
  readonly produce: {
    readonly results: readonly unknown[]
    readonly errors: readonly { readonly code: string; readonly message: string; readonly path: readonly string[] }[]
  }
}

/** Writes a value as the name of its language and its JSON. Refuses what is listed. */
const scriptedWriter = (refuse: (request: WriteRequest) => KafkaError | null = () => null) => {
  const asked: (readonly WriteRequest[])[] = []
  const calls: Call[] = []
  const writer: PayloadWriter = {
    async write(call, requests) {
      calls.push(call)
      asked.push(requests)
      const write = (request: WriteRequest): Outcome<Buffer> =>
        refuse(request) ?? Buffer.from(`${request.schemaType} ${JSON.stringify(request.data)}`)
      return requests.map(write)
    },
  }
  return { writer, asked, calls }
}

const world = (refuse?: (request: WriteRequest) => KafkaError | null) => {
  const scripted = scriptedWriter(refuse)
  const sent: OutgoingMessage[] = []
  const options: ProduceOptions[] = []
  const { kafka, run } = harness({
    topics: { orders: 1, other: 1 },
    ports: { payloadWriter: scripted.writer },
  })
  const { produce } = kafka
  const watched: MessageSink['produce'] = (call, messages, given) => {
    sent.push(...messages)
    options.push(given)
    return produce(call, messages, given)
  }
  Object.assign(kafka, { produce: watched })
  const send = async (messages: readonly unknown[], more: Readonly<Record<string, unknown>> = {}) => {
    const { data, errors } = await run<Produced>(PRODUCE, { input: { topic: 'orders', messages, ...more } })
    expect(errors).toEqual([])
    return data.produce
  }
  return { ...scripted, sent, options, send, run }
}

const textOf = (bytes: Buffer | null | undefined): string | undefined => bytes?.toString()

describe('produce by schema', () => {
  it('encodes keys, values and headers, and asks the writer once for all', async () => {
    const { send, sent, asked } = world()
    const { errors } = await send([
      { key: { int64: '-2' }, value: { avro: { data: { a: 1 } } } },
      { value: { string: 'plain' } },
      {
        topic: 'other',
        key: { jsonSchema: { data: 'k', subject: 'keys', version: 3 } },
        value: { protobuf: { data: { b: '2' }, schemaId: 7, messageName: 'shop.Order' } },
        headers: [
          { key: 'h', value: { string: 'x' } },
          { key: 'h', value: { avro: { data: [null], subject: 'header' } } },
        ],
      },
    ])
    expect(errors).toEqual([])
    expect(asked).toEqual([
      [
        { schemaType: 'AVRO', data: { a: 1 }, topic: 'orders', part: 'VALUE' },
        { schemaType: 'JSON', data: 'k', topic: 'other', part: 'KEY', subject: 'keys', version: 3 },
        {
          schemaType: 'PROTOBUF',
          data: { b: '2' },
          topic: 'other',
          part: 'VALUE',
          schemaId: 7,
          messageName: 'shop.Order',
        },
        { schemaType: 'AVRO', data: [null], topic: 'other', part: 'HEADER', subject: 'header' },
      ],
    ])
    expect(sent.map(({ key, value }) => [key?.toString('latin1'), textOf(value)])).toEqual([
      ['\xff\xff\xff\xff\xff\xff\xff\xfe', 'AVRO {"a":1}'],
      [undefined, 'plain'],
      ['JSON "k"', 'PROTOBUF {"b":"2"}'],
    ])
    expect(sent[2]?.headers.map(({ value }) => textOf(value))).toEqual(['x', 'AVRO [null]'])
  })

  it('asks no writer when no payload needs a schema', async () => {
    const { send, asked, options } = world()
    await send([{ value: { string: 'plain' } }, { value: { int64: '9223372036854775807' } }, { value: null }])
    expect(asked).toEqual([])
    expect(options).toMatchObject([{ timeoutMs: 30_000 }])
  })

  it('refuses a value that does not fit for its message alone, with the path of the field', async () => {
    const refuse = ({ data }: WriteRequest): KafkaError | null => {
      if (data === 'no subject') return new KafkaError('SUBJECT_NOT_FOUND', 'There is no such subject.')
      const path = data === 'root' ? '$' : '$.lines[0].price'
      return data === 'good' ? null : new KafkaError('INVALID_RECORD', 'is no decimal.', { details: { path } })
    }
    const { send, sent } = world(refuse)
    const { errors, results } = await send([
      { value: { avro: { data: 'good' } } },
      { value: { avro: { data: 'bad' } } },
      { key: { protobuf: { data: 'root' } }, value: { avro: { data: 'bad too' } } },
      { headers: [{ key: 'h', value: { jsonSchema: { data: 'no subject' } } }] },
      { value: { string: 'good' } },
    ])
    expect(errors).toEqual([
      {
        code: 'INVALID_RECORD',
        message: 'input.messages[1].value.avro.data.lines[0].price: is no decimal.',
        path: ['input', 'messages', '1'],
      },
      {
        code: 'INVALID_RECORD',
        message: 'input.messages[2].key.protobuf.data: is no decimal.',
        path: ['input', 'messages', '2'],
      },
      {
        code: 'SUBJECT_NOT_FOUND',
        message: 'input.messages[3].headers[0].value.jsonSchema: There is no such subject.',
        path: ['input', 'messages', '3'],
      },
    ])
    expect(results.map(result => result !== null)).toEqual([true, false, false, false, true])
    expect(sent.map(({ value }) => textOf(value))).toEqual(['AVRO "good"', 'good'])
  })

  it('refuses all messages of a transaction if one does not fit', async () => {
    const refuse = ({ data }: WriteRequest) => (data === 'bad' ? new KafkaError('INVALID_RECORD') : null)
    const { send, sent } = world(refuse)
    const messages = [{ value: { avro: { data: 'good' } } }, { value: { avro: { data: 'bad' } } }]
    const { errors } = await send(messages, { transactional: true })
    expect(errors.map(({ code }) => code)).toEqual(['TRANSACTION_ABORTED', 'INVALID_RECORD'])
    expect(sent).toEqual([])
  })

  it('refuses a number that the document cannot hold exactly', async () => {
    const { run, asked } = world()
    const { data } = await run<Produced>(`mutation {
      produce(input: { topic: "orders", messages: [{ value: { avro: { data: { id: 9007199254740993 } } } }] }) {
        results { offset } errors { code message path }
      }
    }`)
    expect(data.produce.errors).toMatchObject([
      { code: 'INVALID_RECORD', message: expect.stringMatching(/^input\.messages\[0\]\.value\.avro\.data: .*2\^53/) },
    ])
    expect(asked).toEqual([])
  })

  it('keeps apart two messages that share one variable', async () => {
    const { run, asked, sent } = world()
    const { data } = await run<Produced, Readonly<Record<string, unknown>>>(
      `mutation ($value: SchemaEncodedInput!) {
        produce(input: { topic: "orders", messages: [
          { value: { avro: $value } }, { topic: "other", key: { avro: $value } }
        ] }) { results { offset } errors { code message path } }
      }`,
      { value: { data: 1 } },
    )
    expect(data.produce.errors).toEqual([])
    expect(asked.flat().map(({ topic, part }) => [topic, part])).toEqual([
      ['orders', 'VALUE'],
      ['other', 'KEY'],
    ])
    expect(sent.map(({ key, value }) => [textOf(key), textOf(value)])).toEqual([
      [undefined, 'AVRO 1'],
      ['AVRO 1', undefined],
    ])
  })

  it('leaves the registry at most half of the time, and Kafka the rest', async () => {
    const { send, calls, options } = world()
    const before = performance.now()
    await send([{ value: { avro: { data: 1 } } }], { timeout: 'PT20S' })
    const deadline = calls[0]?.deadline ?? 0
    expect(deadline - before).toBeGreaterThanOrEqual(10_000)
    expect(deadline).toBeLessThanOrEqual(performance.now() + 10_000)
    expect(options[0]?.timeoutMs).toBeLessThan(20_000)
    expect(options[0]?.timeoutMs).toSatisfy(Number.isInteger)
  })

  it('sends nothing once encoding has taken all of the time', async () => {
    const { send, sent } = world(() => {
      const end = performance.now() + 20
      while (performance.now() < end);
      return null
    })
    const { errors } = await send([{ value: { avro: { data: 1 } } }, { value: null }], { timeout: 'PT0.01S' })
    expect(errors.map(({ code }) => code)).toEqual(['REQUEST_TIMED_OUT', 'REQUEST_TIMED_OUT'])
    expect(sent).toEqual([])
  })
})
