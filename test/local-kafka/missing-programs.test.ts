import { chmod, mkdir, readdir, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { findJava, javaVersion } from '../../src/local-kafka/java/find-java.ts'
import { kafkaClasspath } from '../../src/local-kafka/java/kafka-jars.ts'
import { startLocalKafka } from '../../src/local-kafka/start/start-local-kafka.ts'
import { tempDir } from '../support/temp-dir.ts'
import { listTopics } from '../support/topic-tool.ts'

async function program(dir: string, name: string, script: string): Promise<void> {
  await writeFile(join(dir, name), `#!/bin/sh\n${script}\n`)
  await chmod(join(dir, name), 0o755)
}

const threeWaysOn =
  /install them[\s\S]*KAFKA_HOME[\s\S]*KAFKA_BROKERS=[\s\S]*docker compose -f devops\/docker-compose-local\.yml up/

test('without Java it lists the three options, and leaves the folder untouched', async () => {
  await using dir = await tempDir()
  const options = { nodes: 1, dir: join(dir.path, 'data'), cacheDir: dir.path, env: { PATH: '/nowhere' } } as const
  const started = startLocalKafka(options)
  await expect(started).rejects.toMatchObject({ name: 'LocalKafkaProblem' })
  await expect(started).rejects.toThrow(threeWaysOn)
  expect(await readdir(dir.path)).not.toContain('data')
  const java = findJava({ PATH: '/nowhere' })
  await expect(java).rejects.toMatchObject({ reason: 'JAVA_MISSING' })
  await expect(java).rejects.toThrow(threeWaysOn)
})

test('a JAVA_HOME without Java is named', async () => {
  const env = { PATH: process.env.PATH, JAVA_HOME: '/nowhere' }
  await expect(findJava(env)).rejects.toThrow('JAVA_HOME (/nowhere)')
})

test('a Java that is too old is reported with its version', async () => {
  await using dir = await tempDir()
  await program(dir.path, 'java', `echo 'openjdk version "11.0.22" 2024-01-16' >&2`)
  const java = findJava({ PATH: dir.path })
  await expect(java).rejects.toMatchObject({ reason: 'JAVA_TOO_OLD' })
  await expect(java).rejects.toThrow(/Java 11[\s\S]*KAFKA_BROKERS/)
})

test.each([
  [
    'it has too little memory',
    'echo "Error: Could not reserve enough space for object heap" >&2; exit 1',
    'reserve enough',
  ],
  ['it may open too few files', 'echo "Too many open files" >&2; exit 2', 'exit code 2\nToo many open files'],
])('a Java that exists but does not run is not reported as missing: %s', async (_name, script, printed) => {
  await using dir = await tempDir()
  await program(dir.path, 'java', script)
  const java = findJava({ PATH: dir.path })
  await expect(java).rejects.toMatchObject({ reason: 'JAVA_FAILED' })
  await expect(java).rejects.toThrow(printed)
  await expect(java).rejects.not.toThrow('there is none')
})

test.each([
  ['openjdk version "17.0.15" 2025-04-15', 17],
  ['java version "1.8.0_392"', 8],
  ['openjdk version "25" 2025-09-16', 25],
  ['openjdk version "26-ea" 2026-03-17', 26],
  ['no Java runtime present', undefined],
])('%s is Java %s', (printed, version) => {
  expect(javaVersion(printed)).toBe(version)
})

test('without Maven it lists the three options', async () => {
  await using dir = await tempDir()
  const jars = kafkaClasspath({ cacheDir: dir.path, env: { PATH: '/nowhere' } })
  await expect(jars).rejects.toMatchObject({ name: 'LocalKafkaProblem', reason: 'MAVEN_MISSING' })
  await expect(jars).rejects.toThrow(threeWaysOn)
  expect(await readdir(dir.path)).toEqual([])
})

test('a Maven failure is reported with its output, and leaves no incomplete folder of jars', async () => {
  await using programs = await tempDir()
  await using cache = await tempDir()
  await program(programs.path, 'mvn', 'echo "[ERROR] Unknown host repo.example"; exit 1')
  const jars = kafkaClasspath({ cacheDir: cache.path, env: { PATH: `${programs.path}:/bin:/usr/bin` } })
  await expect(jars).rejects.toMatchObject({ reason: 'MAVEN_FAILED' })
  await expect(jars).rejects.toThrow('Unknown host repo.example')
  expect(await readdir(cache.path)).toEqual([])
})

test('the jars are fetched once', async () => {
  const steps: string[] = []
  const options = { env: process.env, onStep: (step: { name: string }) => steps.push(step.name) }
  const classpath = await kafkaClasspath(options)
  steps.length = 0
  expect(await kafkaClasspath({ ...options, env: { PATH: '/nowhere' } })).toBe(classpath)
  expect(steps).toEqual([])
})

test('KAFKA_HOME replaces Maven', async () => {
  await using dir = await tempDir()
  const home = join(dir.path, 'kafka')
  await mkdir(home)
  const jars = dirname(await kafkaClasspath({ env: process.env, kafkaHome: process.env.KAFKA_HOME }))
  await symlink(jars, join(home, 'libs'))
  const options = { nodes: 1, dir: join(dir.path, 'data'), cacheDir: dir.path, env: process.env } as const
  await using kafka = await startLocalKafka({ ...options, kafkaHome: home })
  expect(kafka.classpath).toBe(join(home, 'libs', '*'))
  expect(await listTopics(kafka)).toEqual([])
})

test('a KAFKA_HOME without Kafka is refused', async () => {
  await using dir = await tempDir()
  const jars = kafkaClasspath({ env: process.env, kafkaHome: dir.path })
  await expect(jars).rejects.toMatchObject({ reason: 'KAFKA_HOME_INVALID' })
})
