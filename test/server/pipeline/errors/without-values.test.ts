import { execute, parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { buildSchema } from '../../../../src/graphql/schema.ts'
import { withoutValues } from '../../../../src/server/pipeline/errors/without-values.ts'

const schema = buildSchema()
const document = parse(
  'mutation ($u: [ScramUpsertInput!]) { alterUserScramCredentials(upserts: $u) { errors { code } } }',
)

const refusals = async (u: unknown): Promise<readonly string[]> => {
  const { errors = [] } = await execute({ schema, document, variableValues: { u } })
  expect(errors).not.toEqual([])
  return errors.map(withoutValues)
}

const sound = { user: 'anna', mechanism: 'SCRAM_SHA_256' }

const long = 'long'.repeat(100_000)

const reasonFor = async (type: string, value: unknown): Promise<string> => {
  const source = parse(`query ($v: ${type}) { __typename @skip(if: false) }`)
  const { errors = [] } = await execute({ schema, document: source, variableValues: { v: value } })
  return errors.map(withoutValues).join('\n')
}

const nested = (open: string, close: string, levels: number): unknown =>
  JSON.parse(`${open.repeat(levels)}1${close.repeat(levels)}`)

const SCALARS = [
  'Long',
  'DateTime',
  'Duration',
  'Bytes',
  'Cursor',
  'Password',
  'Int',
  'Float',
  'String',
  'ID',
  'Boolean',
]
const OTHERS = ['AclOperation', 'TopicFilter', '[Int!]', '[[Long!]!]']

describe('an error about a variable keeps its reason', () => {
  it.each([
    [
      'Long',
      [1],
      'Variable "$v" got invalid value (not shown); Long takes a whole number; above 2^53 only as a string. Given: a list.',
    ],
    [
      'Long',
      2 ** 53,
      'Variable "$v" got invalid value 9007199254740992; Long takes a whole number; above 2^53 only as a string. Given: 9007199254740992.',
    ],
    ['[Long!]', [{ a: '; b' }], /^Variable "\$v" got invalid value \(not shown\) at "v\[0\]"; .* Given: an object\.$/],
    ['Int', { a: 'secret; at "v"' }, /^Variable "\$v" got invalid value \(not shown\); Int .*: \(not shown\)$/],
    [
      'DateTime',
      '1; 2 at "v.x"; 3',
      /^Variable "\$v" got invalid value "1; 2 at \\"v.x\\"; 3"; DateTime takes RFC 3339 .*3"\.$/,
    ],
    ['Password', 4711, 'Variable "$v" got invalid value (not shown); Password takes a string.'],
    ['TopicFilter', { [long]: 1 }, /^Variable "\$v" got invalid value \(not shown\); Field "longlong/],
    ['AclOperation', long, /^Variable "\$v" got invalid value "longlong.*…; Value "longlong.* does not exist/],
  ])('%s', async (type, value, expected) => {
    const reason = await reasonFor(type, value)
    expect(reason).toMatch(expected)
    expect(reason.length).toBeLessThan(1000)
  })

  it.each([...SCALARS, ...OTHERS])('that is nested 400,000 levels deep, where %s is expected', async type => {
    for (const value of [nested('[', ']', 400_000), nested('{"a":', '}', 400_000)]) {
      const reason = await reasonFor(type, value)
      expect(reason).toMatch(/^Variable "\$v" got invalid value \(not shown\)/)
      expect(reason.length).toBeLessThan(1000)
    }
  })
})

describe('an error about a variable contains no password', () => {
  it.each([
    [
      'under a misspelt name',
      [{ ...sound, pasword: 'hunter2' }],
      /Field "pasword" is not defined by type "ScramUpsertInput"/,
    ],
    [
      'that looks like the end of the error',
      [{ pasword: 'hunter2 at "u[0]"; hunter2' }],
      /^Variable "\$u" got invalid/,
    ],
    [
      'beside a missing field',
      [{ user: 'anna', password: 'hunter2' }],
      /at "u\[0\]"; Field "mechanism" of required type/,
    ],
    ['that is a number', [{ ...sound, password: 8_372_551 }], /at "u\[0\]\.password"; Password takes a string/],
    [
      'that is an object',
      [{ ...sound, password: { is: 'hunter2' } }],
      /at "u\[0\]\.password"; Password takes a string/,
    ],
    ['in a list too deep', [[{ ...sound, password: 'hunter2' }]], /"u\[0\]/],
  ])('%s', async (_, value, expected) => {
    const messages = await refusals(value)
    expect(messages.join('\n')).toMatch(expected)
    expect(messages.join('\n')).not.toMatch(/hunter2|8372551/)
  })

  it('but shows single values that are not secret', async () => {
    expect(await refusals([{ ...sound, mechanism: 'MD5', password: 'hunter2' }])).toEqual([
      'Variable "$u" got invalid value "MD5" at "u[0].mechanism"; Value "MD5" does not exist in "ScramMechanism" enum.',
    ])
  })
})
