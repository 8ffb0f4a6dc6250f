import { inspect } from 'node:util'
import { printSchema } from 'graphql'
import { describe, expect, it } from 'vitest'
import { createBuilder } from '../../src/graphql/core/builder.ts'
import {
  enumType,
  inputType,
  interfaceRef,
  objectField,
  objectRef,
  unionType,
} from '../../src/graphql/core/schema-part.ts'
import { Group } from '../../src/graphql/group/group-type.ts'
import { BatchInput } from '../../src/graphql/message/batch-input.ts'
import { MessageStreamEvent } from '../../src/graphql/message/stream-event-types.ts'
import { IsolationLevelEnum } from '../../src/graphql/partition/isolation-level.ts'
import { buildSchema } from '../../src/graphql/schema.ts'
import { Topic } from '../../src/graphql/topic/topic-type.ts'

const partsOfEachKind = { Topic, Group, MessageStreamEvent, IsolationLevelEnum, BatchInput }

describe('a part of the schema', () => {
  it('is the same before and after schemas are built of it: Pothos keeps nothing on it', () => {
    const look = () => inspect(partsOfEachKind, { depth: 3, showHidden: true })
    const before = look()
    buildSchema()
    buildSchema({ readOnly: true, added: [objectField(Topic, 'shout', t => t.string({ resolve: () => '!' }))] })
    expect(look()).toBe(before)
    for (const part of Object.values(partsOfEachKind)) expect(Object.isFrozen(part)).toBe(true)
  })

  it('cannot be implemented itself: a second builder would find what the first one put there', () => {
    const builder = createBuilder()
    expect(() => builder.objectType(Topic, { description: 'Another topic.' })).toThrow(TypeError)
    expect(() => builder.interfaceType(Group, { description: 'Another group.' })).toThrow(TypeError)
    expect(() => builder.inputType(BatchInput, { fields: () => ({}) })).toThrow(TypeError)
  })

  it('of each kind can be added to builders in turn, in any order', () => {
    const Named = interfaceRef<{ name: string }>('Named').implement({
      resolveType: () => 'Pet',
      fields: t => ({ name: t.exposeString('name') }),
    })
    const Pet = objectRef<{ name: string }>('Pet').implement({ interfaces: [Named] })
    const Size = enumType('Size', { values: { SMALL: {}, LARGE: {} } as const })
    const Find = inputType('Find', { fields: t => ({ size: t.field({ type: Size, required: true }) }) })
    const Found = unionType('Found', { types: [Pet], resolveType: () => 'Pet' })
    const find = objectField(Pet, 'find', t =>
      t.field({ type: Found, args: { find: t.arg({ type: Find, required: true }) }, resolve: pet => pet }),
    )
    const all = [Named, Pet, Size, Find, Found, find]
    const [one, other] = [createBuilder(), createBuilder()]
    for (const [index, part] of all.entries()) {
      part.addTo(one)
      all.at(-1 - index)?.addTo(other)
    }
    for (const builder of [one, other])
      builder.queryType({ fields: t => ({ pet: t.field({ type: Pet, resolve: () => ({ name: 'Rex' }) }) }) })
    const printed = printSchema(one.toSchema())
    expect(printed).toContain('find(find: Find!): Found!')
    expect(printSchema(other.toSchema())).toBe(printed)
  })

  it('is refused a second time, and so is another type of its name', () => {
    const Other = objectRef<object>('Topic').implement({ fields: t => ({ id: t.id({ resolve: () => '' }) }) })
    for (const again of [Topic, Group, IsolationLevelEnum, BatchInput, MessageStreamEvent, Other])
      expect(() => buildSchema({ added: [again] })).toThrow(again.name)
    expect(() => buildSchema({ added: [objectField(Topic, 'name', t => t.string({ resolve: () => '' }))] })).toThrow(
      'name',
    )
  })

  it('is missed when it was not added: the error names the type', () => {
    const Lost = objectRef<object>('Lost').implement({ fields: t => ({ id: t.id({ resolve: () => '' }) }) })
    const use = objectField(Topic, 'lost', t => t.field({ type: Lost, resolve: () => ({}) }))
    expect(() => buildSchema({ added: [use] })).toThrow('Lost')
    expect(() => buildSchema({ added: [objectField(Lost, 'name', t => t.string({ resolve: () => '' }))] })).toThrow(
      'Lost',
    )
    expect(() => buildSchema({ without: ['topic'] })).toThrow('Topic')
  })
})
