import { createHash, randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { LocalKafkaOptions } from '../local-kafka.ts'
import { alternatives, LocalKafkaProblem } from '../local-kafka-problem.ts'
import { isMissingProgram, runCommand } from './run-command.ts'

// Two levels above both src/local-kafka and dist/local-kafka.
const packageRoot = fileURLToPath(new URL('../../../', import.meta.url))
const pom = join(packageRoot, 'devops', 'kafka', 'pom.xml')
/** 91 jars, 54 MB: takes 13 s once on a good connection. The limit is for bad ones. */
const mavenTimeoutMs = 10 * 60_000

/** The options that determine where the jars come from. */
export type KafkaJarsOptions = Pick<
  LocalKafkaOptions,
  'kafkaHome' | 'version' | 'cacheDir' | 'env' | 'onStep' | 'signal'
>

/** The Java class path of Kafka and its tools: from `kafkaHome`, or else fetched once by Maven and cached. */
export async function kafkaClasspath(options: KafkaJarsOptions): Promise<string> {
  if (options.kafkaHome) return join(await libsOf(options.kafkaHome), '*')
  const hash = createHash('sha256')
    .update(await readFile(pom))
    .digest('hex')
    .slice(0, 12)
  const jars = join(
    options.cacheDir ?? join(packageRoot, '.cache', 'kafka'),
    `jars-${hash}${options.version ? `-${options.version}` : ''}`,
  )
  if (!existsSync(jars)) await resolveWithMaven(jars, options)
  return join(jars, '*')
}

async function libsOf(kafkaHome: string): Promise<string> {
  const libs = join(kafkaHome, 'libs')
  const files = await readdir(libs).catch(() => [])
  if (files.some(file => /^kafka_2\.\d+-.*\.jar$/.test(file))) return libs
  const text = `KAFKA_HOME (${kafkaHome}) is not an unpacked Kafka: libs/kafka_2.13-….jar is missing.`
  throw new LocalKafkaProblem('KAFKA_HOME_INVALID', text)
}

async function resolveWithMaven(jars: string, options: KafkaJarsOptions): Promise<void> {
  options.onStep?.({ name: 'jars', text: "Fetching Kafka's jars with Maven (54 MB, once)" })
  // Renamed into place when complete, so that an aborted or concurrent start leaves no incomplete folder.
  const fresh = `${jars}.${randomUUID()}`
  try {
    await mkdir(fresh, { recursive: true })
    await copyJars(fresh, options)
    await rename(fresh, jars).catch(error => {
      if (!existsSync(jars)) throw error
    })
  } finally {
    await rm(fresh, { recursive: true, force: true })
  }
}

async function copyJars(into: string, { env, signal, version }: KafkaJarsOptions): Promise<void> {
  const args = ['-q', '-B', '-f', pom, 'dependency:copy-dependencies', `-DoutputDirectory=${into}`]
  if (version) args.push(`-Dkafka.version=${version}`)
  try {
    const { code, stdout, stderr } = await runCommand('mvn', args, { env, timeoutMs: mavenTimeoutMs, signal })
    if (code === 0) return
    const printed = `${stdout}${stderr}`.trim().split('\n').slice(0, 12).join('\n')
    const text = `Maven could not fetch Kafka's jars (exit code ${code}):\n${printed}\n${alternatives}`
    throw new LocalKafkaProblem('MAVEN_FAILED', text)
  } catch (error) {
    if (!isMissingProgram(error)) throw error
    const text = `The local Kafka needs Maven to fetch its jars, but there is no mvn on PATH.\n${alternatives}`
    throw new LocalKafkaProblem('MAVEN_MISSING', text, { cause: error })
  }
}
