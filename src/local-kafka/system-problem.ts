import { LocalKafkaProblem, type LocalKafkaProblemReason } from './local-kafka-problem.ts'

interface SystemProblem {
  readonly reason: LocalKafkaProblemReason
  readonly textOf: (dir: string) => string
}

const diskFull: SystemProblem = {
  reason: 'DISK_FULL',
  textOf: dir => `no space is left on the disk of Kafka's data folder ${dir}`,
}
const noAccess: SystemProblem = {
  reason: 'FOLDER_UNUSABLE',
  textOf: dir => `Kafka's data folder ${dir} cannot be used`,
}
const lackByCode: Readonly<Record<string, string>> = {
  EMFILE: 'all file handles of this process are in use; raise the limit, such as ulimit -n 4096',
  ENFILE: 'all file handles of this machine are in use',
  EAGAIN: 'the limit of processes is reached; raise it with ulimit -u',
  ENOMEM: 'there is not enough memory',
}
const problemByCode: Readonly<Record<string, SystemProblem>> = {
  ENOSPC: diskFull,
  EDQUOT: diskFull,
  EACCES: noAccess,
  EPERM: noAccess,
  EROFS: noAccess,
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** The shortage of handles, processes or memory behind an error; undefined for other errors. */
function lackOf(error: unknown): string | undefined {
  const lack = lackByCode[codeOf(error)]
  return lack && `${lack} (${textOf(error)})`
}

const cannotStart = 'The local Kafka cannot be started'

/** Why a program could not be started, as a clause. */
export function causeOfSpawnFailure(error: unknown): string {
  return lackOf(error) ?? textOf(error)
}

/** Why a node could not be started on its folder, as a clause. */
export function causeOfFailure(error: unknown, dir: string): string {
  const problem = problemByCode[codeOf(error)]
  return problem ? `${problem.textOf(dir)} (${textOf(error)})` : causeOfSpawnFailure(error)
}

/** Explains a shortage to the person who started the program. Other errors are returned unchanged. */
export function lackProblem(error: unknown): unknown {
  const lack = lackOf(error)
  return lack ? new LocalKafkaProblem('TOO_FEW_RESOURCES', `${cannotStart}: ${lack}`, { cause: error }) : error
}

/** Explains a failed start on this folder. Errors without a known system code are returned unchanged. */
export function folderProblem(error: unknown, dir: string): unknown {
  const problem = problemByCode[codeOf(error)]
  if (problem === undefined) return lackProblem(error)
  const text = `${cannotStart}: ${causeOfFailure(error, dir)}`
  return new LocalKafkaProblem(problem.reason, text, { cause: error })
}
