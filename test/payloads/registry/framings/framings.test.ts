import { array, assert, constantFrom, integer, oneof, property, string, uint8Array } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Payload } from '../../../../src/kafka/payload/payload.ts'
import { toTopicName } from '../../../../src/kafka/topic-name.ts'
import { frame } from '../../../../src/payloads/registry/framings/frame.ts'
import { readMessagePlace } from '../../../../src/payloads/registry/framings/message-place.ts'
import { isUnreadable, recogniseFraming } from '../../../../src/payloads/registry/framings/recognise-framing.ts'
import { GOLDEN, type GoldenFraming } from './golden.ts'

const bytesOf = (digits: string): Buffer =>
  digits.startsWith('=') ? Buffer.from(digits.slice(1)) : Buffer.from(digits.replaceAll(' ', ''), 'hex')

const payloadOf = ({
  part = 'VALUE',
  headers = {},
  bytes,
}: Pick<GoldenFraming, 'part' | 'headers' | 'bytes'>): Payload =>
  new Payload(toTopicName('orders'), part, bytesOf(bytes), {
    key: null,
    headers: Object.entries(headers).map(([key, digits]) => ({ key, value: bytesOf(digits) })),
  })

describe('framings', () => {
  it.each(GOLDEN)('of $by', golden => {
    const framing = recogniseFraming(payloadOf(golden))
    const place = framing !== null && !isUnreadable(framing) ? framing.messagePlace : null
    const seen = place === null ? framing : { ...framing, messagePlace: place.toString('hex') }
    expect(seen).toEqual(golden.framing)
    if (golden.message === undefined || framing === null || isUnreadable(framing)) return
    const read = place === null ? readMessagePlace(bytesOf(golden.bytes), framing.start) : readMessagePlace(place, 0)
    expect(read).toEqual(golden.message)
  })

  it('the last of several headers with one name counts, as for Confluent’s clients', () => {
    const [first, last] = [bytesOf('00 00000001'), bytesOf('00 00000002')]
    const headers = [first, last].map(value => ({ key: '__value_schema_id', value }))
    const payload = new Payload(toTopicName('orders'), 'VALUE', Buffer.from('{}'), { key: null, headers })
    expect(recogniseFraming(payload)).toMatchObject({ pointer: { kind: 'id', id: 2 } })
  })

  it('the name of an artifact is read up to the length that a subject may have', () => {
    const framingOf = (length: number) => {
      const headers = [{ key: 'apicurio.value.artifactId', value: Buffer.alloc(length, 'a') }]
      return recogniseFraming(new Payload(toTopicName('orders'), 'VALUE', Buffer.from('{}'), { key: null, headers }))
    }
    expect(framingOf(4096)).toMatchObject({ pointer: { kind: 'artifact', subject: 'a'.repeat(4096) } })
    expect(framingOf(4097)).toEqual({ problem: 'the header apicurio.value.artifactId cannot be read' })
  })

  it('an artifact of another group than the default one is not taken for the one of its name in the default group', () => {
    const framingIn = (group: string) => {
      const headers = { 'apicurio.value.artifactId': '=orders', 'apicurio.value.groupId': `=${group}` }
      return recogniseFraming(payloadOf({ headers, bytes: '=x' }))
    }
    for (const group of ['', 'default']) expect(framingIn(group)).toMatchObject({ pointer: { subject: 'orders' } })
    expect(framingIn('shop')).toEqual({
      problem: 'the header apicurio.value.groupId names the group "shop": only default is read',
    })
  })

  it('a header without a value names no schema', () => {
    const headers = [{ key: '__value_schema_id', value: null }]
    expect(
      recogniseFraming(new Payload(toTopicName('orders'), 'VALUE', Buffer.from('{}'), { key: null, headers })),
    ).toBeNull()
  })

  it('what is framed is recognised, with the same place of the message', () => {
    const indexes = array(integer({ min: 0, max: 2 ** 31 - 1 }), { minLength: 1, maxLength: 8 })
    const id = integer({ min: 1, max: 2 ** 32 - 1 })
    assert(
      property(id, indexes, uint8Array(), (schemaId, messageIndexes, value) => {
        const bytes = frame(schemaId, messageIndexes, value)
        const framing = recogniseFraming(payloadOf({ bytes: bytes.toString('hex') }))
        expect(framing).toEqual({
          kind: 'CONFLUENT',
          pointer: { kind: 'id', id: schemaId },
          start: 5,
          messagePlace: null,
        })
        const place = readMessagePlace(bytes, 5)
        // Two indexes whose bytes look like a name with its length are the only exception.
        if (place?.messageName != null) return
        expect(place?.messageIndexes).toEqual(messageIndexes)
        expect(bytes.subarray(place?.start)).toEqual(Buffer.from(value))
      }),
    )
  })

  it('any bytes and headers are recognised or not, without an exception', () => {
    const name = oneof(
      constantFrom(
        '__value_schema_id',
        'apicurio.value.globalId',
        'apicurio.value.contentId',
        'apicurio.value.artifactId',
        'apicurio.value.version',
        'content-type',
      ),
      string(),
    )
    const header = array(
      name.chain(key => uint8Array({ maxLength: 30 }).map(value => ({ key, value: Buffer.from(value) }))),
    )
    assert(
      property(header, uint8Array({ maxLength: 40 }), (headers, value) => {
        const bytes = Buffer.from(value)
        const framing = recogniseFraming(new Payload(toTopicName('orders'), 'VALUE', bytes, { key: null, headers }))
        const start = framing === null || isUnreadable(framing) ? 0 : framing.start
        expect(start).toBeLessThanOrEqual(bytes.length)
        const place = readMessagePlace(bytes, start)
        if (place !== null) expect(place.start).toBeLessThanOrEqual(bytes.length)
      }),
    )
  })
})
