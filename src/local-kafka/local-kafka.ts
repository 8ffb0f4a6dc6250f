/** One node: broker and controller in one Java process, or no process while it is stopped. */
interface LocalKafkaNode {
  readonly nodeId: number
  readonly host: string
  readonly port: number
  /** Process id of its Java; undefined while stopped. */
  readonly pid: number | undefined
  /** Why the node is down although nobody stopped it; otherwise null. */
  readonly trouble: string | null
}

/** A Kafka cluster on this machine that lives as long as its owner. */
export interface LocalKafka extends AsyncDisposable {
  /** `host:port` of every node, comma-separated. */
  readonly bootstrapServers: string
  readonly nodes: readonly LocalKafkaNode[]
  /** The data folder, absolute. */
  readonly dir: string
  /** Java class path with Kafka and its tools. */
  readonly classpath: string
  /** The Java executable that runs it. */
  readonly java: string
  /** Controlled stop (SIGTERM): leaders move away first. Sends SIGKILL after `stopTimeoutMs`. */
  stopNode(nodeId: number): Promise<void>
  /** SIGKILL: the node dies at once, as in a power failure. */
  killNode(nodeId: number): Promise<void>
  /** SIGSTOP: the node keeps its sockets but stops answering, on a busy machine only after some tens of ms. */
  pauseNode(nodeId: number): void
  /** SIGCONT: continues a paused node. */
  resumeNode(nodeId: number): void
  /**
   * Starts a stopped node on its ports and data. Settles once the cluster lists it, which needs a majority of nodes.
   */
  startNode(nodeId: number): Promise<void>
  /** Stops every node and unlocks the folder. Repeated calls share one stop. */
  close(): Promise<void>
}

/** A step of the start, for progress lines. */
export interface LocalKafkaStep {
  readonly name: 'jars' | 'format' | 'start' | 'ready'
  readonly text: string
}

/** A node's Java process exited unexpectedly. */
export interface LocalKafkaExit {
  readonly nodeId: number
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  /** The last lines of Java's output and of Kafka's log. */
  readonly lastLines: readonly string[]
  /** Why it exited, as a clause. */
  readonly cause: string
  /** Delay until the restart; null if it is not restarted. */
  readonly restartInMs: number | null
}

/** A node that had exited unexpectedly runs again. */
export interface LocalKafkaReturn {
  readonly nodeId: number
  readonly pid: number | undefined
}

/** Broker settings, or a function of the node's ports that returns them. */
export type ExtraProperties = Readonly<Record<string, string>> | ((node: NodePorts) => Readonly<Record<string, string>>)

/** The ports of a node on 127.0.0.1. */
export interface NodePorts {
  readonly nodeId: number
  readonly brokerPort: number
  readonly controllerPort: number
}

/** Options for starting a local Kafka. */
export interface LocalKafkaOptions {
  /** 1, or 3 for real replicas (replication factor 3, min.insync.replicas 2). */
  readonly nodes: 1 | 3
  /** Data folder, kept between runs. It serves one running cluster at a time. */
  readonly dir: string
  /** An unpacked Kafka whose `libs` replace the jars from Maven. */
  readonly kafkaHome?: string | undefined
  /** Kafka version to fetch with Maven. Default: the version in the pom. */
  readonly version?: string | undefined
  /** Cache of the jars from Maven. Default: `.cache/kafka` beside package.json. */
  readonly cacheDir?: string | undefined
  readonly onStep?: (step: LocalKafkaStep) => void
  /** Called when a node exits unexpectedly. */
  readonly onExit?: (exit: LocalKafkaExit) => void
  /** Restart nodes that exit unexpectedly, on their ports and data, without limit. Default false. */
  readonly restart?: boolean
  /** Called when such a node runs again. */
  readonly onReturn?: (back: LocalKafkaReturn) => void
  /** Aborts the start and stops what has started. If aborted later, no node is restarted. */
  readonly signal?: AbortSignal | undefined
  /** Broker settings that override or extend the launcher's own. */
  readonly extraProperties?: ExtraProperties
  /** Where PATH and JAVA_HOME are looked up. */
  readonly env: NodeJS.ProcessEnv
  /** Time until all nodes list each other, in ms. Default 90,000. */
  readonly startTimeoutMs?: number
  /** Time between SIGTERM and SIGKILL, in ms. Default 10,000. */
  readonly stopTimeoutMs?: number
}
