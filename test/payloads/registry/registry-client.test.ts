import { once } from 'node:events'
import { createServer as createTlsServer } from 'node:https'
import { createServer } from 'node:net'
import { describe, expect, it } from 'vitest'
import { createRegistryPort } from '../../../src/payloads/registry/port/create-registry-port.ts'
import { testCall } from '../../support/call.ts'
import { freePort } from '../../support/free-port.ts'
import { tempDir } from '../../support/temp-dir.ts'
import { tlsAuthority } from '../../support/tls-authority.ts'
import { clientOf, refusal, stubRegistry } from './stub-registry.ts'

const TYPES = { path: '/schemas/types' } as const
const soon = (ms: number) => ({ ...testCall, deadline: performance.now() + ms })

describe('a registry that fails', () => {
  it('is unavailable while nothing listens, and reads are tried again', async () => {
    const client = clientOf([`http://127.0.0.1:${await freePort()}`])
    const asked = client.send(testCall, TYPES)
    await expect(asked).rejects.toMatchObject({ code: 'SCHEMA_REGISTRY_UNAVAILABLE', retriable: true })
    await expect(asked).rejects.toThrow(/^schema registry 127\.0\.0\.1:\d+: connect ECONNREFUSED/)
    expect(client.stats()).toEqual({ requests: 3, failures: 3 })
    expect(client.health.trouble).toMatchObject({ code: 'SCHEMA_REGISTRY_UNAVAILABLE' })
  })

  it('that hangs is given up at the deadline of the call', async () => {
    await using hanging = await stubRegistry(() => undefined)
    const asked = clientOf([hanging.url]).send(soon(1000), TYPES)
    await expect(asked).rejects.toMatchObject({ code: 'SCHEMA_REGISTRY_UNAVAILABLE' })
    await expect(asked).rejects.toThrow('no answer from the schema registry within')
    expect(hanging.received).toHaveLength(1)
  })

  it('is not asked for the uses of a schema again before its next attempt', async () => {
    const client = clientOf([`http://127.0.0.1:${await freePort()}`])
    await expect(client.send(testCall, TYPES)).rejects.toMatchObject({ code: 'SCHEMA_REGISTRY_UNAVAILABLE' })
    client.health.takeProbe = () => false
    const asked = createRegistryPort(client).listUses(testCall, 1)
    await expect(asked).rejects.toMatchObject({ code: 'SCHEMA_REGISTRY_UNAVAILABLE' })
    expect(client.stats().requests).toBe(3)
  })

  it('that stops in the middle of an answer is given up at the deadline', async () => {
    await using slow = await stubRegistry((_, response) => void response.write('["AV'))
    await expect(clientOf([slow.url]).send(soon(100), TYPES)).rejects.toMatchObject({
      code: 'SCHEMA_REGISTRY_UNAVAILABLE',
    })
  })

  it('ends with the reason of the caller’s signal when the caller leaves, and is not blamed', async () => {
    await using hanging = await stubRegistry(() => undefined)
    const client = clientOf([hanging.url])
    const leaving = new AbortController()
    const asked = client.send({ ...testCall, signal: leaving.signal }, TYPES)
    const reason = new Error('the client went away')
    leaving.abort(reason)
    await expect(asked).rejects.toBe(reason)
    expect(client.health.trouble).toBeNull()
  })

  it('that sends more bytes than allowed is cut off, whether it says so first or not', async () => {
    await using announced = await stubRegistry(() => 'x'.repeat(2000))
    await using endless = await stubRegistry((_, response) => {
      const timer = setInterval(() => response.write('x'.repeat(500)), 1)
      response.once('close', () => clearInterval(timer))
    })
    for (const { url, received } of [announced, endless]) {
      const asked = clientOf([url], {}, { maxAnswerBytes: 1000 }).send(testCall, TYPES)
      await expect(asked).rejects.toMatchObject({ code: 'SCHEMA_REGISTRY_FAILED' })
      await expect(asked).rejects.toThrow('more than 1000 bytes')
      expect(received).toHaveLength(1)
    }
  })

  it('that speaks no HTTP is unavailable', async () => {
    const server = createServer(socket => void socket.end('220 mail.example.org ESMTP\r\n')).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
    const asked = clientOf([url]).send(testCall, TYPES)
    await expect(asked).rejects.toMatchObject({ code: 'SCHEMA_REGISTRY_UNAVAILABLE' })
    server.close()
  })

  it.each<[string, (port: ReturnType<typeof createRegistryPort>) => Promise<unknown>, unknown]>([
    ['subjects', port => port.listSubjects(testCall, { isDeleted: false }), { subjects: [] }],
    ['subjects', port => port.listSubjects(testCall, { isDeleted: false }), [1, 2]],
    ['a version', port => port.describeVersion(testCall, 'a', 1), { subject: 'a', version: -1, schema: 'x' }],
    ['a schema', port => port.describeSchema(testCall, 1), { schema: 7 }],
    ['a schema type', port => port.describeSchema(testCall, 1), { schema: '{}', schemaType: 'XSD' }],
    ['a level', port => port.compatibilityLevel(testCall, null), { compatibilityLevel: 'SOMETIMES' }],
    [
      'an id',
      port => port.registerSchema(testCall, 'a', { schemaType: 'AVRO', schema: '', references: [] }),
      { id: 1.5 },
    ],
  ])('that answers garbage in place of %s is named', async (_, ask, answer) => {
    await using garbage = await stubRegistry(() => answer)
    const asked = ask(createRegistryPort(clientOf([garbage.url])))
    await expect(asked).rejects.toMatchObject({ code: 'SCHEMA_REGISTRY_FAILED', retriable: false })
    await expect(asked).rejects.toThrow('that this server cannot read')
  })

  it('that answers HTML is named: with 404 the path of the URL is the likely mistake', async () => {
    await using page = await stubRegistry((_, response) => void response.end('<html>'))
    const port = createRegistryPort(clientOf([page.url]))
    await expect(port.listSubjects(testCall, { isDeleted: false })).rejects.toThrow('no JSON')
    await using elsewhere = await stubRegistry((_, response) => void response.writeHead(404).end('<html>'))
    const asked = createRegistryPort(clientOf([elsewhere.url])).listSubjects(testCall, { isDeleted: false })
    await expect(asked).rejects.toThrow('Apicurio has it under /apis/ccompat/v7')
  })
})

describe('changes', () => {
  const body = { schema: '"string"' }
  const change = { method: 'POST', path: '/subjects/a/versions', body, isChange: true } as const

  it('are sent once: a lost answer leaves the outcome unknown', async () => {
    await using lost = await stubRegistry((_, response) => void response.destroy())
    const asked = clientOf([lost.url, lost.url]).send(testCall, change)
    await expect(asked).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN', retriable: false })
    expect(lost.received).toHaveLength(1)
  })

  it('are unavailable, not unknown, if the registry was never reached; then the next node gets them', async () => {
    const away = `http://127.0.0.1:${await freePort()}`
    await expect(clientOf([away]).send(testCall, change)).rejects.toMatchObject({ code: 'SCHEMA_REGISTRY_UNAVAILABLE' })
    await using here = await stubRegistry(() => ({ id: 1 }))
    expect(await clientOf([away, here.url]).send(testCall, change)).toMatchObject({ body: '{"id":1}' })
  })

  it('are unknown if the registry fails with them, and refused if it has not begun', async () => {
    await using broken = await stubRegistry((_, response) => refusal(response, 500, 50002, 'timed out'))
    await expect(clientOf([broken.url]).send(testCall, change)).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN' })
    await using busy = await stubRegistry((_, response) => refusal(response, 503, 503, 'no leader'))
    await expect(clientOf([busy.url]).send(testCall, change)).rejects.toMatchObject({
      code: 'SCHEMA_REGISTRY_UNAVAILABLE',
    })
  })
})

describe('nodes', () => {
  it('are tried in turn, and the one that answered is the first next time', async () => {
    await using broken = await stubRegistry((_, response) => refusal(response, 503, 503, 'no leader'))
    await using well = await stubRegistry(() => ['AVRO'])
    const client = clientOf([broken.url, well.url])
    for (let time = 0; time < 3; time++) await client.send(testCall, TYPES)
    expect([broken.received.length, well.received.length]).toEqual([1, 3])
  })

  it('that fail do not make the registry fail while another one answers', async () => {
    await using well = await stubRegistry(() => ['AVRO'])
    const client = clientOf([`http://127.0.0.1:${await freePort()}`, well.url])
    const asked = client.send(testCall, TYPES)
    expect(client.health.trouble).toBeNull()
    await asked
    await Promise.all(Array.from({ length: 50 }, () => client.send(testCall, TYPES)))
    expect(client.health.trouble).toBeNull()
  })

  it('that hang leave time for the others', async () => {
    await using hanging = await stubRegistry(() => undefined)
    await using well = await stubRegistry(() => ['AVRO'])
    expect(await clientOf([hanging.url, well.url]).send(soon(2000), TYPES)).toMatchObject({ status: 200 })
  })

  it('keep their own path', async () => {
    await using well = await stubRegistry(() => ['AVRO'])
    await clientOf([`${well.url}/apis/ccompat/v7`]).send(testCall, { ...TYPES, query: { subjectPrefix: ':*:' } })
    expect(well.received[0]?.url).toBe('/apis/ccompat/v7/schemas/types?subjectPrefix=%3A*%3A')
  })
})

describe('credentials', () => {
  it('are sent as basic authentication in UTF-8, or as a bearer token', async () => {
    await using well = await stubRegistry(() => ['AVRO'])
    await clientOf([well.url], { username: 'alice', password: 'pässwörd:x' }).send(testCall, TYPES)
    await clientOf([well.url], { token: 'abc.def' }).send(testCall, TYPES)
    await clientOf([well.url]).send(testCall, TYPES)
    const basic = `Basic ${Buffer.from('alice:pässwörd:x').toString('base64')}`
    expect(well.received.map(({ headers }) => headers.authorization)).toEqual([basic, 'Bearer abc.def', undefined])
  })

  it('that are refused say which settings to check, and show no password', async () => {
    await using strict = await stubRegistry((_, response) => refusal(response, 401, 40101, 'Unauthorized'))
    const asked = clientOf([strict.url], { username: 'alice', password: 'hunter2' }).send(testCall, TYPES)
    await expect(asked).rejects.toMatchObject({ code: 'SCHEMA_REGISTRY_UNAUTHORIZED', retriable: false })
    await expect(asked).rejects.toThrow(/^Unauthorized: check SCHEMA_REGISTRY_USERNAME and _PASSWORD/)
    await expect(asked).rejects.not.toThrow('hunter2')
    expect(strict.received).toHaveLength(1)
  })

  it('do not follow a redirect to another origin: it is named', async () => {
    await using thief = await stubRegistry(() => ['AVRO'])
    const location = `${thief.url.replace('127.0.0.1', 'localhost')}/stolen`
    await using open = await stubRegistry((_, response) => void response.writeHead(302, { location }).end())
    const asked = clientOf([open.url], { token: 'secret' }).send(testCall, TYPES)
    await expect(asked).rejects.toMatchObject({ code: 'SCHEMA_REGISTRY_FAILED' })
    await expect(asked).rejects.toThrow(`redirects to ${location}, which is not followed`)
    expect(thief.received).toEqual([])
  })

  it('follow redirects to the same origin, but not for ever and not with a change', async () => {
    const follow = { location: '/schemas/types' }
    await using moved = await stubRegistry(({ url }, response) =>
      url === '/old' ? void response.writeHead(301, follow).end() : ['AVRO'],
    )
    expect(await clientOf([moved.url], { token: 'a' }).send(testCall, { path: '/old' })).toMatchObject({ status: 200 })
    const change = { path: '/old', method: 'DELETE', isChange: true } as const
    await expect(clientOf([moved.url]).send(testCall, change)).rejects.toThrow('is not followed')
    await using circle = await stubRegistry((_, response) => void response.writeHead(302, follow).end())
    await expect(clientOf([circle.url]).send(testCall, TYPES)).rejects.toThrow('is not followed')
    expect(circle.received).toHaveLength(4)
  })
})

describe('TLS', () => {
  it('presents a certificate, and explains each mistake with the setting to change', async () => {
    await using dir = await tempDir()
    const authority = await tlsAuthority(dir.path)
    const { cert, key } = await authority.issue('localhost')
    const strict = { cert, key, ca: authority.ca, requestCert: true, rejectUnauthorized: true }
    const server = createTlsServer(strict, (_, response) => void response.end('["AVRO"]')).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    const port = typeof address === 'object' ? address?.port : 0
    const mine = { ca: authority.ca, cert, key }
    const ask = (host: string, tls: { ca: string | null; cert: string | null; key: string | null }) =>
      clientOf([`https://${host}:${port}`], { tls }).send(testCall, TYPES)
    expect(await ask('localhost', mine)).toMatchObject({ status: 200 })
    await expect(ask('localhost', { ...mine, ca: null })).rejects.toThrow('as SCHEMA_REGISTRY_TLS_CA')
    await expect(ask('localhost', { ca: authority.ca, cert: null, key: null })).rejects.toThrow(
      'SCHEMA_REGISTRY_TLS_CERT',
    )
    server.close()
    server.closeAllConnections()
    await using plain = await stubRegistry(() => ['AVRO'])
    const asked = clientOf([plain.url.replace('http:', 'https:')]).send(testCall, TYPES)
    await expect(asked).rejects.toMatchObject({ code: 'TLS_FAILED' })
    await expect(asked).rejects.toThrow('may need http instead of https')
  })
})
