/** One node: broker and controller in one Java process, or none while it is stopped. */
interface LocalKafkaNode {
  readonly nodeId: number
  readonly host: string
  readonly port: number
  /** Process id of its Java; undefined while the node is stopped. */
  readonly pid: number | undefined
  /** Why it is away although nobody stopped it; null when it is not. */
  readonly trouble: string | null
}

/** A Kafka cluster of this machine that lives as long as its owner. */
export interface LocalKafka extends AsyncDisposable {
  /** `host:port` of every node, comma-separated. */
  readonly bootstrapServers: string
  readonly nodes: readonly LocalKafkaNode[]
  /** The data folder, absolute. */
  readonly dir: string
  /** Java's class path that holds Kafka and its own tools. */
  readonly classpath: string
  /** The Java that runs it. */
  readonly java: string
  /** Controlled stop (SIGTERM): leaders move away first. Killed when it takes longer than `stopTimeoutMs`. */
  stopNode(nodeId: number): Promise<void>
  /** SIGKILL: the node dies at once, as in a power cut. */
  killNode(nodeId: number): Promise<void>
  /** SIGSTOP: the node keeps its sockets and answers nothing, some tens of ms later when the machine is busy. */
  pauseNode(nodeId: number): void
  /** SIGCONT: a paused node goes on. */
  resumeNode(nodeId: number): void
  /** Starts a stopped node on its ports and data; settles when the cluster lists it, which takes a majority of nodes. */
  startNode(nodeId: number): Promise<void>
  /** Stops every node and frees the folder; repeated calls share one stop. */
  close(): Promise<void>
}

/** A step of the start, for progress lines. */
export interface LocalKafkaStep {
  readonly name: 'jars' | 'format' | 'start' | 'ready'
  readonly text: string
}

/** A node's Java ended though nobody asked for it. */
export interface LocalKafkaExit {
  readonly nodeId: number
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  /** The last lines that Java printed and of Kafka's log. */
  readonly lastLines: readonly string[]
  /** Why it ended, as a clause. */
  readonly cause: string
  /** When it is started again; null when it is not. */
  readonly restartInMs: number | null
}

/** A node that had ended by itself runs again. */
export interface LocalKafkaReturn {
  readonly nodeId: number
  readonly pid: number | undefined
}

/** Broker settings, or how they follow from where a node listens. */
export type ExtraProperties = Readonly<Record<string, string>> | ((node: NodePorts) => Readonly<Record<string, string>>)

/** Where a node listens on 127.0.0.1. */
export interface NodePorts {
  readonly nodeId: number
  readonly brokerPort: number
  readonly controllerPort: number
}

/** How a local Kafka is started. */
export interface LocalKafkaOptions {
  /** 1, or 3 for real replicas (replication factor 3, min.insync.replicas 2). */
  readonly nodes: 1 | 3
  /** Data folder, kept between runs; one folder serves one running cluster. */
  readonly dir: string
  /** An unpacked Kafka whose `libs` are used in place of Maven. */
  readonly kafkaHome?: string | undefined
  /** Kafka's version, by Maven. Default the pom's. */
  readonly version?: string | undefined
  /** Where the jars that Maven resolved are kept. Default `.cache/kafka` beside package.json. */
  readonly cacheDir?: string | undefined
  /** Called at each step. */
  readonly onStep?: (step: LocalKafkaStep) => void
  /** Called when a node ends by itself. */
  readonly onExit?: (exit: LocalKafkaExit) => void
  /** Start a node again when it ends by itself, on its ports and data, for as long as it takes. Default false. */
  readonly restart?: boolean
  /** Called when a node that ended by itself runs again. */
  readonly onReturn?: (back: LocalKafkaReturn) => void
  /** Abandons the start, and what was begun is stopped; aborted later, no node is started again. */
  readonly signal?: AbortSignal | undefined
  /** Broker settings that replace or add to the launcher's own; a function where they depend on the node's ports. */
  readonly extraProperties?: ExtraProperties
  /** Where PATH and JAVA_HOME are looked up. */
  readonly env: NodeJS.ProcessEnv
  /** Until all nodes list each other, in ms. Default 90,000. */
  readonly startTimeoutMs?: number
  /** From SIGTERM to SIGKILL, in ms. Default 10,000. */
  readonly stopTimeoutMs?: number
}
