import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'
import { isMissingProgram, runCommand } from '../../src/local-kafka/java/run-command.ts'

const pathOf = (file: string) => fileURLToPath(new URL(`../../${file}`, import.meta.url))
const composeFile = pathOf('devops/docker-compose-local.yml')
const howToInstall = 'docker compose is not installed (Debian and Ubuntu: apt install docker-compose; no engine needed)'

type Compose = (...args: readonly string[]) => Promise<string>

/** Docker's own compose, else the stand-alone one; undefined when neither exists. */
async function findCompose(): Promise<Compose | undefined> {
  for (const [program, ...first] of [['docker', 'compose'], ['docker-compose']] as const) {
    const run = (args: readonly string[]) =>
      runCommand(program, [...first, ...args], { env: process.env, timeoutMs: 30_000 })
    const version = await run(['version']).catch(error => {
      if (isMissingProgram(error)) return undefined
      throw error
    })
    if (version?.code !== 0) continue
    return async (...args) => {
      const { code, stdout, stderr } = await run(['-f', composeFile, ...args])
      expect(stderr).toBe('')
      expect(code).toBe(0)
      return stdout
    }
  }
  return undefined
}

const compose = await findCompose()

test('docker compose is installed to check the compose file', context => {
  if (compose) return
  if (process.env.CI) throw new Error(howToInstall)
  context.skip(howToInstall)
})

describe.skipIf(compose === undefined)('docker compose', () => {
  test('accepts the compose file', async () => {
    expect(await compose?.('config', '-q')).toBe('')
  })

  test('finds the broker, the tools and the API', async () => {
    const services = await compose?.('config', '--services')
    expect(services?.trim().split('\n').sort()).toEqual(['api', 'broker0', 'cli-tools'])
  })
})

describe('the files for Docker', () => {
  let text: string
  beforeAll(async () => {
    text = await readFile(composeFile, 'utf8')
  })

  test('publish on loopback only', () => {
    const published = text.split('\n').filter(line => /^\s+- "[\d.:]*:\d+"$/.test(line))
    expect(published).toHaveLength(2)
    for (const line of published) expect(line).toContain('"127.0.0.1:')
  })

  test('run the same Kafka version as the local Kafka', async () => {
    const version = /<kafka\.version>(.+)<\/kafka\.version>/.exec(
      await readFile(pathOf('devops/kafka/pom.xml'), 'utf8'),
    )
    expect(version?.[1]).toMatch(/^4\.\d+\.\d+$/)
    expect(text).toContain(`apache/kafka:${version?.[1]} `)
  })

  test('copy into the image only files that the builder gets', async () => {
    const dockerfile = await readFile(pathOf('devops/Dockerfile'), 'utf8')
    const copies = dockerfile.split('\n').filter(line => line.startsWith('COPY') && !line.includes('--from'))
    const sources = copies.flatMap(line => line.split(/\s+/).slice(1, -1))
    const given = await readFile(pathOf('.dockerignore'), 'utf8')
    const allowed = given.split('\n').flatMap(line => (line.startsWith('!') ? [line.slice(1)] : []))
    expect([...sources].sort()).toEqual([...allowed].sort())
  })
})
