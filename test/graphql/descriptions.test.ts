import {
  type GraphQLNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isSpecifiedScalarType,
} from 'graphql'
import { describe, expect, it } from 'vitest'
import { buildSchema } from '../../src/graphql/schema.ts'

interface Described {
  readonly path: string
  readonly description: string | null | undefined
}

const partsOf = (type: GraphQLNamedType): readonly Described[] => {
  const under = (name: string) => `${type.name}.${name}`
  if (isEnumType(type)) {
    return type.getValues().map(({ name, description }) => ({ path: under(name), description }))
  }
  if (isInputObjectType(type)) {
    return Object.values(type.getFields()).map(({ name, description }) => ({ path: under(name), description }))
  }
  if (!isObjectType(type) && !isInterfaceType(type)) return []
  return Object.values(type.getFields()).flatMap(({ name, description, args }) => [
    { path: under(name), description },
    ...args.map(argument => ({ path: under(`${name}(${argument.name})`), description: argument.description })),
  ])
}

const everything = Object.values(buildSchema().getTypeMap())
  .filter(type => !type.name.startsWith('__') && !isSpecifiedScalarType(type))
  .flatMap(type => [{ path: type.name, description: type.description }, ...partsOf(type)])

const textOf = (path: string) => everything.find(part => part.path === path)?.description ?? ''

describe('descriptions', () => {
  it('are there for every type, field, argument, input field and enum value', () => {
    expect(everything.length).toBeGreaterThan(200)
    expect(everything.filter(({ description }) => !description?.trim()).map(({ path }) => path)).toEqual([])
  })

  it('are sentences', () => {
    expect(everything.filter(({ description }) => !/[.)`"]$/.test(description ?? '')).map(({ path }) => path)).toEqual(
      [],
    )
  })

  it.each([
    ['Topic', ['named stream', 'partitions', 'retention']],
    ['Partition', ['offset', 'leader', 'followers', 'in-sync replicas', 'leader dies']],
    ['Broker', ['leader', 'follow', 'dies', 'in-sync']],
    ['Replica', ['copy', 'follower', 'in sync']],
    ['Topic.replicationFactor', ['brokers', 'die']],
    ['Partition.isr', ['in-sync replicas', 'leader', 'acks ALL']],
    ['Partition.latestOffset', ['high watermark', 'lag']],
    ['Partition.isUnderMinIsr', ['min.insync.replicas', 'NOT_ENOUGH_REPLICAS']],
    ['Message.isTombstone', ['tombstone', 'compact']],
    ['Message.key', ['same partition']],
    ['Acks.ALL', ['in-sync', 'min.insync.replicas']],
    ['ConfigEntry', ['default', 'override']],
  ])('%s teaches what it is', (path, words) => {
    expect(words.filter(word => !textOf(path).includes(word))).toEqual([])
  })
})
