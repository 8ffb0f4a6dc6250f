import type { ClusterLayout, NodeLayout } from './cluster-layout.ts'
import type { FolderLock } from './folder-lock.ts'
import type { Jvm } from './jvm.ts'
import { type KafkaProcess, startKafkaProcess } from './kafka-process.ts'
import type { LocalKafkaExit } from './local-kafka.ts'
import { LocalKafkaProblem } from './local-kafka-problem.ts'
import { waitUntilReady } from './wait-until-ready.ts'

/** What a cluster's nodes are run with. */
export interface ClusterRun {
  readonly jvm: Jvm
  readonly layout: ClusterLayout
  readonly lock: FolderLock
  readonly startTimeoutMs: number
  readonly stopTimeoutMs: number
  readonly onExit?: ((exit: LocalKafkaExit) => void) | undefined
}

/** The Java processes of one cluster, by node. */
export class RunningCluster {
  readonly #run: ClusterRun
  readonly #processes = new Map<number, KafkaProcess>()

  constructor(run: ClusterRun) {
    this.#run = run
  }

  /** A node's process, while it runs. */
  process(nodeId: number): KafkaProcess | undefined {
    return this.#processes.get(this.#layoutOf(nodeId).nodeId)
  }

  /** Starts every node, and waits until each lists all. */
  async startAll(signal?: AbortSignal): Promise<void> {
    const { layout } = this.#run
    const expected = layout.nodes.map(node => node.nodeId)
    const processes = layout.nodes.map(node => ({ node, process: this.#spawn(node) }))
    await Promise.all(processes.map(one => this.#ready(one.node, one.process, expected, signal)))
  }

  /** Starts one node that does not run, and waits until the cluster lists it. */
  async start(nodeId: number): Promise<void> {
    const node = this.#layoutOf(nodeId)
    await this.#ready(node, this.process(nodeId) ?? this.#spawn(node), [nodeId])
  }

  /** Stops one node and waits for its end. */
  async stop(nodeId: number): Promise<void> {
    await this.process(nodeId)?.stop(this.#run.stopTimeoutMs)
  }

  /** Stops every node. */
  async stopAll(): Promise<void> {
    await Promise.all([...this.#processes.values()].map(process => process.stop(this.#run.stopTimeoutMs)))
  }

  #spawn(node: NodeLayout): KafkaProcess {
    const process = startKafkaProcess(this.#run.jvm, node)
    this.#processes.set(node.nodeId, process)
    this.#record()
    void process.exited.then(exit => {
      this.#processes.delete(node.nodeId)
      if (!process.isStopping) this.#run.onExit?.(exit)
    })
    return process
  }

  /** Ended processes stay recorded until the next start: the record is checked against the command line anyway. */
  #record(): void {
    const files = this.#run.layout.nodes.map(({ nodeId, propertiesFile }) => ({
      pid: this.#processes.get(nodeId)?.pid,
      properties: propertiesFile,
    }))
    this.#run.lock.record(files.flatMap(({ pid, properties }) => (pid === undefined ? [] : [{ pid, properties }])))
  }

  #ready(node: NodeLayout, process: KafkaProcess, expected: readonly number[], signal?: AbortSignal): Promise<void> {
    return waitUntilReady({ node, process, expected, timeoutMs: this.#run.startTimeoutMs, signal })
  }

  #layoutOf(nodeId: number): NodeLayout {
    const node = this.#run.layout.nodes.find(one => one.nodeId === nodeId)
    if (node) return node
    throw new LocalKafkaProblem('UNKNOWN_NODE', `the local Kafka has no node ${nodeId}`)
  }
}
