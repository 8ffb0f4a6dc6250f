import { readFileSync } from 'node:fs'

/** The program opens about 150 files at once during start, an idle local Kafka 145, and each client one. */
const MINIMUM = 512
/** Enough for thousands of clients. */
const RECOMMENDED = 4096

const HOW_TO_RAISE = [
  'Raise the limit before the start:',
  `  in a shell: ulimit -n ${RECOMMENDED} (a hard limit below that is raised by root, in /etc/security/limits.conf);`,
  `  Docker: --ulimit nofile=${RECOMMENDED}; systemd: LimitNOFILE=${RECOMMENDED}`,
].join('\n')

const limitInProc = (): string | undefined => {
  try {
    return /^Max open files +(\S+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1]
  } catch {
    return undefined
  }
}

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined

/** Opens no file, and works without /proc. */
const limitInReport = (): unknown => {
  const limits = field(process.report.getReport(), 'userLimits')
  return field(field(limits, 'open_files'), 'soft')
}

/**
 * How many files and sockets this process may open; Infinity if unlimited. Node raises the soft limit to the hard
 * limit.
 */
export const fileHandleLimit = (): number => {
  const limit = Number(limitInProc() ?? limitInReport())
  return limit > 0 ? limit : Number.POSITIVE_INFINITY
}

/** Why the program refuses to start with so few file handles, and what to do; null if they suffice. */
export const tooFewFileHandles = (limit: number): string | null =>
  limit >= MINIMUM
    ? null
    : `Too few file handles: this process may have ${limit} files and sockets open at once, and needs ${MINIMUM} at least.\n${HOW_TO_RAISE}`

/** Reserved for Kafka connections, child processes and files; a tenth of the limit if that is more. */
const OWN_HANDLES = 128

/** How many client connections fit in a limit of file handles. */
export const connectionsWithin = (limit: number): number =>
  Number.isFinite(limit) ? Math.floor(limit - Math.max(OWN_HANDLES, limit / 10)) : limit

const codeOf = (thrown: unknown): unknown => field(thrown, 'code')

/** The message for a lack of file handles; null for any other failure. */
export const fileHandleProblem = (thrown: unknown, limit: number): string | null => {
  if (codeOf(thrown) === 'EMFILE') return `All ${limit} file handles of this process are in use.\n${HOW_TO_RAISE}`
  if (codeOf(thrown) === 'ENFILE') return 'All file handles of this machine are in use (fs.file-max).'
  return null
}
