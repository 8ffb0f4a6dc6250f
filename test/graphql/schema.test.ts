import { readFileSync } from 'node:fs'
import { isObjectType, printSchema, validateSchema } from 'graphql'
import { describe, expect, it } from 'vitest'
import { printSdl } from '../../devops/schema/print-sdl.ts'
import { buildSchema } from '../../src/graphql/schema.ts'

const schema = buildSchema()

describe('the schema', () => {
  it('is valid and can be built more than once', () => {
    expect(validateSchema(schema)).toEqual([])
    expect(printSchema(buildSchema())).toBe(printSchema(schema))
  })

  it('is the one in schema/schema.graphql; else run "npm run codegen"', () => {
    const committed = readFileSync(new URL('../../schema/schema.graphql', import.meta.url), 'utf8')
    expect(printSdl(schema)).toBe(committed)
  })

  it.each(['Message', 'MessageHeader', 'MessagePayload', 'MessageBatch'])(
    'resolves the fields of %s with plain functions: nothing is wrapped around them and none waits',
    name => {
      const type = schema.getType(name)
      if (!isObjectType(type)) throw new Error(`no type ${name}`)
      for (const field of Object.values(type.getFields())) {
        expect([field.name, field.extensions.pothosResolveWrapped ?? false]).toEqual([field.name, false])
        expect([field.name, field.resolve?.constructor.name ?? 'Function']).toEqual([field.name, 'Function'])
      }
    },
  )
})
