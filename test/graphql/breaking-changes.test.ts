import { readFileSync } from 'node:fs'
import { type Change, CriticalityLevel, diff } from '@graphql-inspector/core'
import { buildSchema } from 'graphql'
import { describe, expect, test } from 'vitest'

const read = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8')

const breakingChanges = async (released: string, current: string): Promise<readonly Change[]> => {
  const changes = await diff(buildSchema(released), buildSchema(current))
  return changes.filter(({ criticality }) => criticality.level === CriticalityLevel.Breaking)
}

/** The section of what is not released yet: from its heading to the next one of its level. */
const unreleased = (changelog: string): string =>
  changelog.split(/^## /m).find(part => part.startsWith('[Unreleased]')) ?? ''

/** Breaking changes that the changelog does not name by their path, such as `Query.topic`. */
const unlisted = (changes: readonly Change[], changelog: string): readonly string[] => {
  const breaking =
    unreleased(changelog)
      .split(/^### /m)
      .find(part => part.startsWith('Breaking')) ?? ''
  return changes
    .filter(({ path }) => !breaking.includes(`\`${path}\``))
    .map(({ path, message }) => `${path}: ${message}`)
}

test('a breaking change of the schema since the last release is listed in CHANGELOG.md, under Unreleased, Breaking', async () => {
  const changes = await breakingChanges(read('schema/released.graphql'), read('schema/schema.graphql'))
  expect(unlisted(changes, read('CHANGELOG.md'))).toEqual([])
})

describe('the test above fails when', () => {
  const released = `
    type Query { topic(name: String!): Topic, old: Int }
    type Topic { name: String! }
    enum Acks { ALL NONE }
  `
  const since = (from: string, to: string) => breakingChanges(released, released.replace(from, to))
  const CHANGELOG = '## [Unreleased]\n### Breaking\n- `Query.old` is gone.\n## [0.1.0]\n### Breaking\n- `Topic.name`\n'

  test.each([
    ['a field is removed', 'name: String! }', 'id: ID! }', 'Topic.name'],
    ['a field may be null that could not be', 'name: String! }', 'name: String }', 'Topic.name'],
    ['an argument is required that was not there', 'name: String!)', 'name: String!, id: ID!)', 'Query.topic.id'],
    ['a value of an enum is removed', 'ALL NONE', 'ALL', 'Acks.NONE'],
  ])('%s', async (_, from, to, path) => {
    expect(unlisted(await since(from, to), CHANGELOG)).toEqual([expect.stringContaining(`${path}: `)])
  })

  test('and does not when the change is listed, or breaks no document', async () => {
    expect(unlisted(await since(', old: Int', ''), CHANGELOG)).toEqual([])
    expect(unlisted(await since(', old: Int', ', old: Int, new: Int'), CHANGELOG)).toEqual([])
  })
})

test('CHANGELOG.md has a section for the version of package.json', () => {
  const { version } = JSON.parse(read('package.json'))
  expect(read('CHANGELOG.md')).toMatch(new RegExp(`^## \\[${version}\\]`, 'm'))
})
