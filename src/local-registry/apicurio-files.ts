import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isMissingProgram, runCommand } from '../local-kafka/java/run-command.ts'
import { LocalKafkaProblem } from '../local-kafka/local-kafka-problem.ts'
import type { LocalRegistryOptions } from './local-registry.ts'

const VERSION = '3.0.9'
const ARTIFACT = `io.apicurio:apicurio-registry-app:${VERSION}:tar.gz:all`
/** Later versions of the plugin read the artifact's parent POM, which Maven Central does not have. */
const PLUGIN = 'org.apache.maven.plugins:maven-dependency-plugin:2.8'
/** 104 MB: takes 20 s once on a good connection. The limit is for bad ones. */
const MAVEN_TIMEOUT_MS = 10 * 60_000
const LINES_SHOWN = 12

/** The jar that starts Apicurio. */
export const RUNNER = `apicurio-registry-app-${VERSION}-runner.jar`

// One level above both src/local-registry and dist/local-registry.
const packageRoot = fileURLToPath(new URL('../../', import.meta.url))

const alternatives =
  'You have two options: install Maven (Debian and Ubuntu: apt install maven; macOS: brew install maven), or use a registry that runs already (SCHEMA_REGISTRY_URL=http://host:8081 in place of LOCAL_REGISTRY).'

type FilesOptions = Pick<LocalRegistryOptions, 'cacheDir' | 'env' | 'signal' | 'onStep'>

/** The folder of the unpacked Apicurio. Maven fetches and unpacks it once. */
export const apicurioFiles = async (options: FilesOptions): Promise<string> => {
  const folder = join(options.cacheDir ?? join(packageRoot, '.cache', 'registry'), `apicurio-${VERSION}`)
  if (!existsSync(join(folder, RUNNER))) await fetchWithMaven(folder, options)
  return folder
}

const fetchWithMaven = async (folder: string, options: FilesOptions): Promise<void> => {
  options.onStep?.('Fetching the schema registry Apicurio with Maven (104 MB, once)')
  // Renamed into place when complete, so that an aborted or concurrent start leaves no incomplete folder.
  const fresh = `${folder}.${randomUUID()}`
  try {
    await mkdir(fresh, { recursive: true })
    await unpack(fresh, options)
    await rename(fresh, folder).catch((thrown: unknown) => {
      if (!existsSync(join(folder, RUNNER))) throw thrown
    })
  } finally {
    await rm(fresh, { recursive: true, force: true })
  }
}

const unpack = async (into: string, { env, signal }: FilesOptions): Promise<void> => {
  const args = ['-q', '-B', `${PLUGIN}:unpack`, `-Dartifact=${ARTIFACT}`, `-DoutputDirectory=${into}`]
  try {
    // The plugin marks what it has unpacked in the folder that it runs in. A mark that outlives the folder makes it skip the work.
    const options = { env, timeoutMs: MAVEN_TIMEOUT_MS, signal, cwd: into }
    const { code, stdout, stderr } = await runCommand('mvn', args, options)
    if (code === 0 && existsSync(join(into, RUNNER))) return
    const printed = `${stdout}${stderr}`.trim().split('\n').slice(0, LINES_SHOWN).join('\n')
    throw new LocalKafkaProblem(
      'MAVEN_FAILED',
      `Maven could not fetch Apicurio (exit code ${code}):\n${printed}\n${alternatives}`,
    )
  } catch (thrown) {
    if (!isMissingProgram(thrown)) throw thrown
    const text = `The local schema registry needs Maven to fetch it, but there is no mvn on PATH. ${alternatives}`
    throw new LocalKafkaProblem('MAVEN_MISSING', text, { cause: thrown })
  }
}
