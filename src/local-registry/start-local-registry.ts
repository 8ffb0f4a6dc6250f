import { mkdir } from 'node:fs/promises'
import { resolve } from 'node:path'
import { type FolderLock, lockFolder } from '../local-kafka/data-folder/folder-lock.ts'
import { stopLeftBehind } from '../local-kafka/data-folder/stop-left-behind.ts'
import { findJava } from '../local-kafka/java/find-java.ts'
import { folderProblem, lackProblem } from '../local-kafka/system-problem.ts'
import { apicurioFiles } from './apicurio-files.ts'
import type { LocalRegistry, LocalRegistryOptions } from './local-registry.ts'
import { RegistryKeeper } from './registry-keeper.ts'
import { layOutRegistry, type RegistryLayout } from './registry-layout.ts'
import { type RegistryJvm, type RegistryProcess, startRegistryProcess } from './registry-process.ts'
import { untilReady } from './until-ready.ts'

// Another program may take the port between our choice and Java's bind.
const PORT_ATTEMPTS = 3
const START_TIMEOUT_MS = 90_000

const urlOf = ({ port }: RegistryLayout): string => `http://127.0.0.1:${port}/apis/ccompat/v7`

interface Started {
  readonly layout: RegistryLayout
  readonly process: RegistryProcess
}

const spawnRecorded = (jvm: RegistryJvm, layout: RegistryLayout, lock: FolderLock): RegistryProcess => {
  const process = startRegistryProcess(jvm, layout)
  try {
    if (process.pid !== undefined) lock.record([{ pid: process.pid, properties: layout.propertiesFile }])
    return process
  } catch (thrown) {
    // An unrecorded Java process would be left behind if we were killed.
    void process.stop()
    throw thrown
  }
}

const startOnce = async (
  jvm: RegistryJvm,
  dir: string,
  lock: FolderLock,
  attempt: number,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<Started> => {
  const layout = await layOutRegistry(dir, attempt === 1)
  const process = spawnRecorded(jvm, layout, lock)
  try {
    await untilReady(urlOf(layout), process, timeoutMs, signal)
    return { layout, process }
  } catch (thrown) {
    await process.stop()
    const isPortTaken = thrown instanceof Error && thrown.message.includes('another program listens on its port')
    if (!isPortTaken || attempt === PORT_ATTEMPTS) throw thrown
    return startOnce(jvm, dir, lock, attempt + 1, timeoutMs, signal)
  }
}

const runRegistry = (
  { layout, process }: Started,
  jvm: RegistryJvm,
  lock: FolderLock,
  options: LocalRegistryOptions,
  closing: AbortController,
): LocalRegistry => {
  const url = urlOf(layout)
  const signal = options.signal === undefined ? closing.signal : AbortSignal.any([options.signal, closing.signal])
  const keeper = new RegistryKeeper({
    spawn: () => spawnRecorded(jvm, layout, lock),
    untilReady: (restarted, over) => untilReady(url, restarted, options.startTimeoutMs ?? START_TIMEOUT_MS, over),
    onExit: text => options.onExit?.(text),
    onReturn: () => options.onReturn?.(),
    signal,
  })
  keeper.keep(process)
  let closed: Promise<void> | undefined
  const stop = async () => {
    closing.abort()
    await keeper.process?.stop()
    lock.release()
  }
  const close = () => {
    closed ??= stop()
    return closed
  }
  return {
    url,
    get pid() {
      return keeper.process?.pid
    },
    get trouble() {
      return keeper.trouble
    },
    close,
    [Symbol.asyncDispose]: close,
  }
}

/** Starts Apicurio on its data folder. Settles once it answers. @throws LocalKafkaProblem for the person who starts it */
export const startLocalRegistry = async (options: LocalRegistryOptions): Promise<LocalRegistry> => {
  const { env, signal: outer, startTimeoutMs = START_TIMEOUT_MS, onStep } = options
  const dir = resolve(options.dir)
  const [java, files] = await Promise.all([findJava(env, outer), apicurioFiles(options)]).catch((thrown: unknown) => {
    throw lackProblem(thrown)
  })
  const jvm: RegistryJvm = { java, files, env }
  try {
    await mkdir(dir, { recursive: true })
    const lock = lockFolder(dir)
    try {
      await stopLeftBehind(lock.leftBehind)
      const closing = new AbortController()
      const signal = outer ?? closing.signal
      onStep?.('Starting the local schema registry')
      const started = await startOnce(jvm, dir, lock, 1, startTimeoutMs, signal)
      const registry = runRegistry(started, jvm, lock, options, closing)
      onStep?.(`The local schema registry is ready at ${registry.url}`)
      return registry
    } catch (thrown) {
      lock.release()
      throw thrown
    }
  } catch (thrown) {
    throw folderProblem(thrown, dir)
  }
}
