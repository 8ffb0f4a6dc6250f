import { readFileSync } from 'node:fs'
import { parse } from 'graphql'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../support/app.ts'
import { eventually } from '../support/eventually.ts'
import { type SecuredApp, startSecuredApp } from '../support/secured-app.ts'
import { graphqlWs } from '../support/subscribe.ts'

const text = readFileSync(new URL('../../docs/rights.md', import.meta.url), 'utf8')

interface Acl {
  readonly resourceType: string
  readonly name: string
  readonly patternType: 'LITERAL' | 'PREFIXED'
  readonly operation: string
}

/** "`READ` on topic `orders`"; a name that ends with `*` is a prefix; "the cluster" has no name. */
const aclOf = (words: string): Acl => {
  const [, operation = '', kind = '', name = 'kafka-cluster'] = /^`(\w+)` on ([a-z ]+?)(?: `(.+)`)?$/.exec(words) ?? []
  const resourceType = kind === 'the cluster' ? 'CLUSTER' : kind.replace(' ', '_').toUpperCase()
  const isPrefix = name.endsWith('*')
  return {
    resourceType,
    name: isPrefix ? name.slice(0, -1) : name,
    patternType: isPrefix ? 'PREFIXED' : 'LITERAL',
    operation,
  }
}

const rows = text.split('\n').flatMap(line => {
  const [, what = '', rights = '', document = ''] = line.split('|').map(cell => cell.trim())
  const acls = [...rights.matchAll(/`\w+` on (?:the cluster|[a-z ]+ `[^`]+`)/g)].map(([words]) => aclOf(words))
  return document.startsWith('`') ? [{ what, acls, document: document.slice(1, -1) }] : []
})

const DELETE = 'mutation { deleteAcls(filters: [{ principal: "User:anna" }]) { errors { code } } }'
const COMMIT = `mutation { alterConsumerGroupOffsets(groupId: "my-group", createGroup: true, offsets: [
  { topic: "orders", partition: 0, offset: "0" }]) { errors { code message } } }`

let secured: SecuredApp

beforeAll(async () => {
  secured = await startSecuredApp()
}, 180_000)
afterAll(() => secured?.[Symbol.asyncDispose]())

/** What the rows speak of: made anew for each, since some of them delete it. */
const scene = async () => {
  const { admin } = secured
  await admin.dataOf('mutation { deleteTopics(topics: ["orders", "new-orders"]) { errors { code } } }')
  await eventually(async () => {
    const made = 'mutation { createTopics(topics: [{ name: "orders", numPartitions: 2 }]) { errors { code } } }'
    expect(await admin.dataOf(made)).toEqual({ createTopics: { errors: [] } })
  })
  await admin.produce({ topic: 'orders', messages: [{ partition: 0, value: { string: 'one' } }] })
  expect(await admin.dataOf(COMMIT)).toEqual({ alterConsumerGroupOffsets: { errors: [] } })
}

type Payloads = Readonly<Record<string, { readonly errors?: readonly { readonly code: string }[] } | null>>

/** The codes of everything that was refused, as anna. */
const codesOf = async (app: TestApp, document: string): Promise<readonly unknown[]> => {
  const [definition] = parse(document).definitions
  if (definition?.kind === 'OperationDefinition' && definition.operation === 'subscription') {
    await using client = graphqlWs(app)
    using reader = client.subscribe<unknown>(document)
    return await Promise.race([
      reader.next().then(() => []),
      reader.failure().then(({ extensions }) => [extensions?.code]),
    ])
  }
  const { data, errors = [] } = await app.ask<Payloads>(document)
  const refused = Object.values(data ?? {}).flatMap(payload => payload?.errors?.map(({ code }) => code) ?? [])
  return [...errors.map(({ extensions, message }) => extensions?.code ?? message), ...refused]
}

const tryWith = async (acls: readonly Acl[], document: string): Promise<readonly unknown[]> => {
  await secured.admin.dataOf(DELETE)
  if (acls.length > 0) await secured.grant(...acls)
  await using app = await startTestApp(secured.loginOf('scram-sha-512'))
  return await codesOf(app, document)
}

describe('docs/rights.md', () => {
  test('has its rows', () => expect(rows.length).toBeGreaterThan(15))

  test.each(rows)(
    '$what',
    async ({ acls, document }) => {
      await scene()
      for (const missing of acls) {
        const refusals = await tryWith(
          acls.filter(acl => acl !== missing),
          document,
        )
        expect(refusals).not.toEqual([])
        for (const code of refusals) expect(code).toMatch(/_AUTHORIZATION_FAILED$/)
      }
      expect(await tryWith(acls, document)).toEqual([])
    },
    60_000,
  )
})
