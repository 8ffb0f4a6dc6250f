import fc from 'fast-check'
import protobuf from 'protobufjs'
import { describe, expect, it } from 'vitest'
import { codecOf } from './codec.ts'
import { randomMessage, randomValue, schemaText } from './random-schema.ts'

const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000)

const schemaAndValue = randomMessage.chain(message => fc.tuple(fc.constant(schemaText(message)), randomValue(message)))

/** A peer that generates code, which is safe on schemas of our own. */
const peerOf = (schema: string): protobuf.Type => protobuf.parse(schema).root.lookupType('Root')

const asPeerReads = (peer: protobuf.Type, bytes: Uint8Array): unknown =>
  peer.toObject(peer.decode(bytes), { longs: String, enums: String, bytes: String })

describe('random schemas and values', () => {
  it(`are read as they were written (seed ${SEED})`, () => {
    fc.assert(
      fc.property(schemaAndValue, ([schema, value]) => {
        const codec = codecOf(schema)
        const { bytes, messageIndexes } = codec.encode(value)
        expect(messageIndexes).toEqual([0])
        expect(codec.decode(bytes, 0, {}).value).toEqual(value)
      }),
      { seed: SEED, numRuns: 200 },
    )
  })

  it(`are read and written as protobufjs does (seed ${SEED})`, () => {
    fc.assert(
      fc.property(schemaAndValue, ([schema, value]) => {
        const [codec, peer] = [codecOf(schema), peerOf(schema)]
        const theirs = Buffer.from(peer.encode(peer.fromObject(Object(value))).finish())
        expect(codec.decode(theirs, 0, {}).value).toEqual(value)
        expect(asPeerReads(peer, codec.encode(value).bytes)).toEqual(asPeerReads(peer, theirs))
      }),
      { seed: SEED, numRuns: 200 },
    )
  })

  it(`have each field read alone as within the whole (seed ${SEED})`, () => {
    fc.assert(
      fc.property(schemaAndValue, ([schema, value]) => {
        const codec = codecOf(schema)
        const { bytes } = codec.encode(value)
        for (const [name, inner] of Object.entries(Object(value)))
          expect(codec.decode(bytes, 0, { path: [name] }).value).toEqual(inner)
      }),
      { seed: SEED, numRuns: 200 },
    )
  })

  it(`never fail otherwise than with DecodeProblem when bytes are damaged (seed ${SEED})`, () => {
    const damage = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(schemaAndValue, damage, ([schema, value], changes) => {
        const codec = codecOf(schema)
        const bytes = Buffer.from(codec.encode(value).bytes)
        for (const [at, byte] of changes) if (bytes.length > 0) bytes[at % bytes.length] = byte
        try {
          JSON.stringify(codec.decode(bytes, 0, {}).value)
        } catch (error) {
          expect(error).toHaveProperty('name', 'DecodeProblem')
        }
      }),
      { seed: SEED, numRuns: 200 },
    )
  })
})
