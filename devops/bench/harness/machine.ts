import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { cpus, loadavg, release, totalmem } from 'node:os'
import { promisify } from 'node:util'

/** Where and when a table was measured. */
export interface Machine {
  readonly cpu: string
  readonly cores: number
  readonly memoryGb: number
  readonly system: string
  readonly node: string
  readonly kafka: string
  readonly kafkajs: string
  readonly commit: string
  readonly date: string
  /** Load average of the minute before the run: above 1, other programs were running. */
  readonly loadBefore: number
}

/** Describes the machine. Call it before the first measurement. */
export const describeMachine = async (): Promise<Machine> => ({
  cpu: cpus()[0]?.model.trim() ?? 'unknown',
  cores: cpus().length,
  memoryGb: Math.round(totalmem() / 2 ** 30),
  system: `${process.platform} ${release()}`,
  node: process.version,
  kafka: /<kafka\.version>([^<]+)</.exec(read('../../kafka/pom.xml'))?.[1] ?? kafkaInPom(),
  kafkajs: JSON.parse(read('../../../package.json')).dependencies.kafkajs,
  commit: await commitName(),
  date: new Date().toISOString().slice(0, 16).replace('T', ' '),
  loadBefore: Math.round((loadavg()[0] ?? 0) * 100) / 100,
})

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8')

const kafkaInPom = (): string =>
  /<artifactId>kafka_2\.\d+<\/artifactId>\s*<version>([^<]+)</.exec(read('../../kafka/pom.xml'))?.[1] ?? 'unknown'

const commitName = async (): Promise<string> => {
  try {
    const { stdout } = await promisify(execFile)('git', ['describe', '--always', '--dirty'], { timeout: 5000 })
    return stdout.trim()
  } catch {
    return 'unknown'
  }
}
