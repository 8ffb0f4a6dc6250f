import { randomUUID } from 'node:crypto'
import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { LocalKafkaProblem } from '../local-kafka-problem.ts'
import { startTimeOf } from './process-identity.ts'

/** A Java process that the folder's owner started; `properties` is its configuration file. */
export interface RecordedJava {
  readonly pid: number
  readonly properties: string
}

interface LockContent {
  readonly pid: number
  readonly startTime: string | undefined
  readonly java: readonly RecordedJava[]
}

/** A lock on a data folder, with the Java processes that use the folder. */
export interface FolderLock {
  /** Processes that a killed owner left running, as far as it recorded them. */
  readonly leftBehind: readonly RecordedJava[]
  /** Records the running processes, so that the next owner can stop them if we are killed. */
  record(java: readonly RecordedJava[]): void
  release(): void
}

const attempts = 5
/** An unreadable lock is either being written right now, or was left incomplete by a full disk. */
const halfWrittenAfterMs = 5000

/** Locks the folder for this process. Takes over a dead owner's lock; a living owner causes a LocalKafkaProblem. */
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
      // Synchronous, then renamed into place: it must be on disk even if we are killed in the next instant.
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
    // An incomplete lock on a full disk would look like another owner to the next start.
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

/** Moves a dead owner's lock aside. Puts it back if another process has replaced it by its own in between. */
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
  const text = `The local Kafka's data folder ${dir} is in use by ${who}. Stop that process, choose another folder (LOCAL_KAFKA_DIR=…), or use the running Kafka (KAFKA_BROKERS=…).`
  return new LocalKafkaProblem('FOLDER_IN_USE', text)
}
