import { execute, parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { buildSchema } from '../../src/graphql/schema.ts'
import { withoutValues } from '../../src/server/without-values.ts'

const schema = buildSchema()
const document = parse(
  'mutation ($u: [ScramUpsertInput!]) { alterUserScramCredentials(upserts: $u) { errors { code } } }',
)

const refusals = async (u: unknown): Promise<readonly string[]> => {
  const { errors = [] } = await execute({ schema, document, variableValues: { u } })
  expect(errors).not.toEqual([])
  return errors.map(({ message }) => withoutValues(message))
}

const sound = { user: 'anna', mechanism: 'SCRAM_SHA_256' }

describe('an error about a variable tells no password', () => {
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

  it('and goes on telling single values that are none', async () => {
    expect(await refusals([{ ...sound, mechanism: 'MD5', password: 'hunter2' }])).toEqual([
      'Variable "$u" got invalid value "MD5" at "u[0].mechanism"; Value "MD5" does not exist in "ScramMechanism" enum.',
    ])
  })
})
