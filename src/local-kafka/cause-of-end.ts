import { statfsSync } from 'node:fs'
import type { NodeLayout } from './cluster-layout.ts'

/** What a node's Java left when it ended. */
export interface EndOfNode {
  readonly node: NodeLayout
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  /** What Java printed. */
  readonly output: readonly string[]
  /** Kafka's log of this run, its end. */
  readonly log: readonly string[]
}

/** Why a node ended, as far as what it left shows. */
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

/** The first match wins: a full disk also causes other failures. */
const shortages: readonly Shortage[] = [
  { kind: 'DISK_FULL', pattern: /No space left on device|Disk quota exceeded/, textOf: diskFull },
  {
    kind: 'OTHER',
    pattern: /File too large/,
    textOf: ({ dataDir }) => `a file in ${dataDir} may not grow any more (File too large): raise the limit, ulimit -f`,
  },
  {
    kind: 'OTHER',
    pattern: /Too many open files/,
    textOf: () => 'Kafka has too few file handles (Too many open files): raise the limit, such as ulimit -n 4096',
  },
  {
    kind: 'OTHER',
    pattern: /unable to create (?:new )?native thread|Cannot create worker GC thread/,
    textOf: () => 'Kafka may not start another thread: raise the limit of processes, ulimit -u, or free memory',
  },
  {
    kind: 'OTHER',
    pattern: /OutOfMemoryError/,
    textOf: () => 'Kafka used up the 512 MB of memory that its Java may take (OutOfMemoryError)',
  },
  {
    kind: 'OTHER',
    pattern: /Could not reserve enough space|insufficient memory for the Java Runtime|Cannot allocate memory/i,
    textOf: () => 'this machine, or a limit such as ulimit -v, has too little memory left for Java',
  },
  {
    kind: 'PORT_TAKEN',
    pattern: /Address already in use|BindException/,
    textOf: ({ brokerPort, controllerPort }) =>
      `another program listens on port ${brokerPort} or ${controllerPort} of 127.0.0.1, which this node has to have`,
  },
]

/** Java answers signals by an orderly exit with these codes; SIGKILL it cannot answer. */
const signalByCode: ReadonlyMap<number | null, NodeJS.Signals> = new Map([
  [129, 'SIGHUP'],
  [130, 'SIGINT'],
  [143, 'SIGTERM'],
])
/** Signals that other programs send. A crash of Java ends in others, such as SIGABRT. */
const fromOutside: ReadonlySet<string> = new Set(['SIGKILL', ...signalByCode.values()])

/** Why a node ended: a signal from outside, a shortage, or else the last error that Kafka logged. */
export function causeOfEnd(end: EndOfNode): CauseOfEnd {
  const signal = end.signal ?? signalByCode.get(end.code)
  if (signal === 'SIGKILL') return { kind: 'KILLED', text: 'it was killed (SIGKILL)' }
  if (signal !== undefined && fromOutside.has(signal)) return { kind: 'KILLED', text: `it was stopped (${signal})` }
  const lines = [...end.output, ...end.log]
  const shortage = shortages.find(({ pattern }) => lines.some(line => pattern.test(line)))
  if (shortage) return { kind: shortage.kind, text: shortage.textOf(end.node) }
  if (isFull(end.node.dataDir)) return { kind: 'DISK_FULL', text: diskFull(end.node) }
  const last = lastError(end.log) ?? end.output.at(-1)
  const said = last === undefined ? '' : `: ${last}`
  const how = signal ?? `exit code ${end.code}`
  return { kind: 'OTHER', text: `Java ended with ${how}${said}; Kafka's logs are in ${end.node.logsDir}` }
}

/** On a full disk Kafka may be unable to log that it is full. */
function isFull(dir: string): boolean {
  try {
    return statfsSync(dir).bavail === 0
  } catch {
    return false
  }
}

const longest = 300

/** The last error of a log in one line: what Kafka says, and the innermost exception below it. */
export function lastError(log: readonly string[]): string | undefined {
  const at = log.findLastIndex(line => /^\[[^\]]+\] (?:ERROR|FATAL) /.test(line))
  const line = log[at]
  if (line === undefined) return undefined
  const said = line.replace(/^\[[^\]]+\] \w+ /, '').replace(/ \([\w.$]+\)$/, '')
  const below = log.slice(at + 1)
  const next = below.findIndex(one => one.startsWith('['))
  const stack = next < 0 ? below : below.slice(0, next)
  const thrown = stack.findLast(one => one.startsWith('Caused by: '))?.slice('Caused by: '.length) ?? stack[0]
  return `${said}${thrown === undefined ? '' : `: ${thrown}`}`.slice(0, longest).replace(/\.$/, '')
}
