import { statfsSync } from 'node:fs'
import type { NodeLayout } from '../data-folder/cluster-layout.ts'

/** What remains of a node's Java process after its exit. */
export interface EndOfNode {
  readonly node: NodeLayout
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  /** Java's output. */
  readonly output: readonly string[]
  /** The end of this run's Kafka log. */
  readonly log: readonly string[]
}

/** The most likely reason why a node exited. */
export interface CauseOfEnd {
  readonly kind: 'KILLED' | 'DISK_FULL' | 'PORT_TAKEN' | 'OTHER'
  /** A clause without a full stop. */
  readonly text: string
}

interface Shortage {
  readonly kind: CauseOfEnd['kind']
  readonly pattern: RegExp
  readonly textOf: (node: NodeLayout) => string
}

const diskFull = ({ dataDir }: NodeLayout) => `no space is left on the disk of Kafka's data folder ${dataDir}`

/** The first match wins, because a full disk also causes other failures. */
const shortages: readonly Shortage[] = [
  { kind: 'DISK_FULL', pattern: /No space left on device|Disk quota exceeded/, textOf: diskFull },
  {
    kind: 'OTHER',
    pattern: /File too large/,
    textOf: ({ dataDir }) =>
      `a file in ${dataDir} has reached the size limit (File too large): raise it with ulimit -f`,
  },
  {
    kind: 'OTHER',
    pattern: /Too many open files/,
    textOf: () => 'Kafka has too few file handles (Too many open files): raise the limit, such as ulimit -n 4096',
  },
  {
    kind: 'OTHER',
    pattern: /unable to create (?:new )?native thread|Cannot create worker GC thread/,
    textOf: () => 'Kafka cannot start another thread: raise the limit of processes with ulimit -u, or free memory',
  },
  {
    kind: 'OTHER',
    pattern: /OutOfMemoryError/,
    textOf: () => 'Kafka ran out of its 512 MB of Java memory (OutOfMemoryError)',
  },
  {
    kind: 'OTHER',
    pattern: /Could not reserve enough space|insufficient memory for the Java Runtime|Cannot allocate memory/i,
    textOf: () =>
      'Java cannot get enough memory: the machine has too little left, or a limit such as ulimit -v is too low',
  },
  {
    kind: 'PORT_TAKEN',
    pattern: /Address already in use|BindException/,
    textOf: ({ brokerPort, controllerPort }) =>
      `another program listens on port ${brokerPort} or ${controllerPort} of 127.0.0.1, which this node needs`,
  },
]

/** Exit codes of Java's orderly shutdown on a signal. SIGKILL has none. */
const signalByCode: ReadonlyMap<number | null, NodeJS.Signals> = new Map([
  [129, 'SIGHUP'],
  [130, 'SIGINT'],
  [143, 'SIGTERM'],
])
/** Signals that other programs send. A crash of Java ends with others, such as SIGABRT. */
const fromOutside: ReadonlySet<string> = new Set(['SIGKILL', ...signalByCode.values()])

/** Finds why a node exited: a signal from outside, a shortage, or else the last error in Kafka's log. */
export function causeOfEnd(end: EndOfNode): CauseOfEnd {
  const signal = end.signal ?? signalByCode.get(end.code)
  if (signal === 'SIGKILL') return { kind: 'KILLED', text: 'it was killed (SIGKILL)' }
  if (signal !== undefined && fromOutside.has(signal)) return { kind: 'KILLED', text: `it was stopped (${signal})` }
  const lines = [...end.output, ...end.log]
  const shortage = shortages.find(({ pattern }) => lines.some(line => pattern.test(line)))
  if (shortage) return { kind: shortage.kind, text: shortage.textOf(end.node) }
  if (isFull(end.node.dataDir)) return { kind: 'DISK_FULL', text: diskFull(end.node) }
  const last = lastError(end.log) ?? end.output.at(-1)
  const lastMessage = last === undefined ? '' : `: ${last}`
  const how = signal ?? `exit code ${end.code}`
  return { kind: 'OTHER', text: `Java exited with ${how}${lastMessage}; Kafka's logs are in ${end.node.logsDir}` }
}

/** Kafka cannot always log that its disk is full. */
function isFull(dir: string): boolean {
  try {
    return statfsSync(dir).bavail === 0
  } catch {
    return false
  }
}

const longest = 300

/** The last error of a log in one line: Kafka's message and the innermost exception. */
export function lastError(log: readonly string[]): string | undefined {
  const at = log.findLastIndex(line => /^\[[^\]]+\] (?:ERROR|FATAL) /.test(line))
  const line = log[at]
  if (line === undefined) return undefined
  const message = line.replace(/^\[[^\]]+\] \w+ /, '').replace(/ \([\w.$]+\)$/, '')
  const below = log.slice(at + 1)
  const next = below.findIndex(one => one.startsWith('['))
  const stack = next < 0 ? below : below.slice(0, next)
  const thrown = stack.findLast(one => one.startsWith('Caused by: '))?.slice('Caused by: '.length) ?? stack[0]
  return `${message}${thrown === undefined ? '' : `: ${thrown}`}`.slice(0, longest).replace(/\.$/, '')
}
