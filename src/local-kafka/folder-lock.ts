import { randomUUID } from 'node:crypto'
import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { LocalKafkaProblem } from './local-kafka-problem.ts'
import { startTimeOf } from './process-identity.ts'

/** A Java process that the folder's owner started; `properties` is the file it was started with. */
export interface RecordedJava {
  readonly pid: number
  readonly properties: string
}

interface LockContent {
  readonly pid: number
  readonly startTime: string | undefined
  readonly java: readonly RecordedJava[]
}

/** A folder held by this process, with the Java processes that run on it. */
export interface FolderLock {
  /** What a killed owner left running, as far as its record goes. */
  readonly leftBehind: readonly RecordedJava[]
  /** Records what runs on the folder now, so that the next owner can clear up after us. */
  record(java: readonly RecordedJava[]): void
  release(): void
}

const attempts = 5
/** A lock that cannot be read is being written at this moment, or was left half written by a full disk. */
const halfWrittenAfterMs = 5000

/** Takes the folder for this process; a dead owner's lock is taken over, a living one's is a LocalKafkaProblem. */
export function lockFolder(dir: string): FolderLock {
  const file = join(dir, 'lock.json')
  let leftBehind: readonly RecordedJava[] = []
  for (let attempt = 0; attempt < attempts; attempt++) {
    if (create(file, contentOf(leftBehind))) return held(file, leftBehind)
    const holder = read(file)
    if (holder !== undefined && isAlive(holder)) throw inUse(dir, `process ${holder.pid}`)
    if (holder === undefined && isYoung(file)) throw inUse(dir, 'another process')
    if (setAside(file, holder)) leftBehind = holder?.java ?? []
  }
  throw inUse(dir, 'another process')
}

function held(file: string, leftBehind: readonly RecordedJava[]): FolderLock {
  return {
    leftBehind,
    record(java) {
      // Synchronous, and renamed into place: it has to be on disk when we are killed in the next instant.
      const fresh = `${file}.${randomUUID()}`
      replaceBy(file, fresh, contentOf(java))
    },
    release: () => rmSync(file, { force: true }),
  }
}

function replaceBy(file: string, fresh: string, content: string): void {
  try {
    writeFileSync(fresh, content)
    renameSync(fresh, file)
  } catch (error) {
    rmSync(fresh, { force: true })
    throw error
  }
}

function contentOf(java: readonly RecordedJava[]): string {
  const content: LockContent = { pid: process.pid, startTime: startTimeOf(process.pid), java }
  return `${JSON.stringify(content)}\n`
}

function create(file: string, content: string): boolean {
  try {
    writeFileSync(file, content, { flag: 'wx' })
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    // Left half written by a full disk, it would look like another owner's to the next start.
    if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') rmSync(file, { force: true })
    throw error
  }
}

function read(file: string): LockContent | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

function isAlive(holder: LockContent): boolean {
  const startTime = startTimeOf(holder.pid)
  return startTime !== undefined && startTime === holder.startTime
}

function isYoung(file: string): boolean {
  const written = statSync(file, { throwIfNoEntry: false })?.mtimeMs
  return written !== undefined && Date.now() - written < halfWrittenAfterMs
}

/** Moves a dead owner's lock out of the way, and puts it back when another taker was quicker and it is theirs. */
function setAside(file: string, holder: LockContent | undefined): boolean {
  const aside = `${file}.${randomUUID()}`
  try {
    renameSync(file, aside)
  } catch {
    return false
  }
  const moved = read(aside)
  const isTheirs = moved !== undefined && (moved.pid !== holder?.pid || moved.startTime !== holder.startTime)
  if (isTheirs) renameSync(aside, file)
  else rmSync(aside, { force: true })
  return !isTheirs
}

function inUse(dir: string, who: string): LocalKafkaProblem {
  const text = `The local Kafka's data folder ${dir} is in use by ${who}. Stop that one, give this one a folder of its own (LOCAL_KAFKA_DIR=…), or use the running Kafka (KAFKA_BROKERS=…).`
  return new LocalKafkaProblem('FOLDER_IN_USE', text)
}
