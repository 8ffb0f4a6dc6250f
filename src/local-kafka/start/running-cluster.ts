import type { ClusterLayout, NodeLayout } from '../data-folder/cluster-layout.ts'
import type { FolderLock } from '../data-folder/folder-lock.ts'
import type { Jvm } from '../java/jvm.ts'
import type { LocalKafkaOptions } from '../local-kafka.ts'
import { LocalKafkaProblem } from '../local-kafka-problem.ts'
import { type EndOfProcess, type KafkaProcess, startKafkaProcess } from '../node/kafka-process.ts'
import { NodeKeeper } from '../node/node-keeper.ts'
import { waitUntilReady } from '../node/wait-until-ready.ts'

/** How the nodes of a cluster are run. */
export interface ClusterRun extends Pick<LocalKafkaOptions, 'restart' | 'onExit' | 'onReturn' | 'signal'> {
  readonly jvm: Jvm
  readonly layout: ClusterLayout
  readonly lock: FolderLock
  readonly startTimeoutMs: number
  readonly stopTimeoutMs: number
}

/** One node of a running cluster. */
interface RunningNode {
  readonly layout: NodeLayout
  readonly keeper: NodeKeeper
  /** Defined while the node runs. */
  process: KafkaProcess | undefined
}

/** The Java processes of one cluster, by node. */
export class RunningCluster {
  readonly #run: ClusterRun
  readonly #nodes: ReadonlyMap<number, RunningNode>
  readonly #closing = new AbortController()
  /**
   * Nodes that exited during the start. A failed start reports them itself; after a successful start they are
   * restarted.
   */
  #early: EndOfProcess[] | undefined = []

  constructor(run: ClusterRun) {
    this.#run = run
    const signal = AbortSignal.any([this.#closing.signal, ...(run.signal ? [run.signal] : [])])
    this.#nodes = new Map(run.layout.nodes.map(layout => [layout.nodeId, this.#createNode(layout, signal)]))
  }

  /** The node's process while it runs, and why it is down if nobody stopped it. */
  node(nodeId: number): { readonly process: KafkaProcess | undefined; readonly trouble: string | null } {
    const { process, keeper } = this.#nodeOf(nodeId)
    return { process: process?.ended.aborted ? undefined : process, trouble: keeper.trouble }
  }

  /** Starts every node and waits until each lists all nodes. */
  async startAll(): Promise<void> {
    const { signal } = this.#run
    const expected = [...this.#nodes.keys()]
    const started = [...this.#nodes.values()].map(node => ({ node, process: this.#spawn(node) }))
    await Promise.all(started.map(({ node, process }) => this.#ready(node, process, expected, signal)))
    const early = this.#early ?? []
    this.#early = undefined
    for (const { keeper } of this.#nodes.values()) keeper.isReady()
    for (const end of early) this.#nodeOf(end.nodeId).keeper.ended(end)
  }

  /** Starts a stopped node and waits until the cluster lists it. */
  async start(nodeId: number): Promise<void> {
    const node = this.#nodeOf(nodeId)
    node.keeper.stopRestarting()
    await this.#ready(node, this.node(nodeId).process ?? this.#spawn(node), [nodeId])
    node.keeper.isReady()
  }

  /** Stops one node and waits for its exit. */
  async stop(nodeId: number): Promise<void> {
    const { keeper, process } = this.#nodeOf(nodeId)
    keeper.stopRestarting()
    await process?.stop(this.#run.stopTimeoutMs)
  }

  /** Kills one node and waits for its exit. */
  async kill(nodeId: number): Promise<void> {
    const { keeper, process } = this.#nodeOf(nodeId)
    keeper.stopRestarting()
    await process?.kill()
  }

  /** Stops every node. None is restarted. */
  async stopAll(): Promise<void> {
    this.#closing.abort()
    await Promise.all([...this.#nodes.values()].map(({ process }) => process?.stop(this.#run.stopTimeoutMs)))
  }

  #createNode(layout: NodeLayout, signal: AbortSignal): RunningNode {
    const { restart = false, startTimeoutMs, onExit, onReturn } = this.#run
    const keeper = new NodeKeeper({
      node: layout,
      restart,
      startTimeoutMs,
      signal,
      spawn: () => this.#spawn(node),
      onExit: exit => onExit?.(exit),
      onReturn: back => onReturn?.(back),
    })
    const node: RunningNode = { layout, keeper, process: undefined }
    return node
  }

  #spawn(node: RunningNode): KafkaProcess {
    const process = startKafkaProcess(this.#run.jvm, node.layout)
    node.process = process
    void process.exited.then(end => this.#ended(node, process, end))
    try {
      this.#record()
    } catch (error) {
      // An unrecorded Java process would be left behind if we were killed.
      void process.kill()
      throw error
    }
    return process
  }

  #ended(node: RunningNode, process: KafkaProcess, end: EndOfProcess): void {
    if (node.process === process) node.process = undefined
    if (process.isStopping) return
    if (this.#early) this.#early.push(end)
    else node.keeper.ended(end)
  }

  /**
   * Exited processes stay recorded until the next start. That is safe, because the next owner also checks command
   * lines.
   */
  #record(): void {
    const java = [...this.#nodes.values()].flatMap(({ layout, process }) =>
      process?.pid === undefined ? [] : [{ pid: process.pid, properties: layout.propertiesFile }],
    )
    this.#run.lock.record(java)
  }

  #ready(
    { layout: node }: RunningNode,
    process: KafkaProcess,
    expected: readonly number[],
    signal?: AbortSignal,
  ): Promise<void> {
    return waitUntilReady({ node, process, expected, timeoutMs: this.#run.startTimeoutMs, signal })
  }

  #nodeOf(nodeId: number): RunningNode {
    const node = this.#nodes.get(nodeId)
    if (node) return node
    throw new LocalKafkaProblem('UNKNOWN_NODE', `the local Kafka has no node ${nodeId}`)
  }
}
