import { serverAudits } from 'graphql-http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../support/start-test-server.ts'

/** The audits only use `{ __typename }` and their own variables, so any schema will do. */
const audits = serverAudits({ url: () => server.url })
let server: TestServer

beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

test('there are 61 audits', () => expect(audits).toHaveLength(61))

describe('GraphQL over HTTP', () => {
  for (const audit of audits)
    test(audit.name, async () => {
      const result = await audit.fn()
      expect(result.status, 'reason' in result ? result.reason : '').toBe('ok')
    })
})
