/** A schema registry on this machine that lives as long as its owner. */
export interface LocalRegistry extends AsyncDisposable {
  /** The base of its API, such as `http://127.0.0.1:20123/apis/ccompat/v7`. It stays the same between starts if its port is free. */
  readonly url: string
  /** Process id of its Java; undefined while it is down. */
  readonly pid: number | undefined
  /** Why it is down although nobody stopped it; otherwise null. */
  readonly trouble: string | null
  /** Stops it and unlocks its folder. Repeated calls share one stop. */
  close(): Promise<void>
}

/** Options for starting a local registry. */
export interface LocalRegistryOptions {
  /** Data folder, kept between runs. It serves one running registry at a time. */
  readonly dir: string
  /** Where PATH and JAVA_HOME are looked up. */
  readonly env: NodeJS.ProcessEnv
  /** Cache of what Maven fetches. Default: `.cache/registry` beside package.json. */
  readonly cacheDir?: string | undefined
  /** Aborts the start and stops what has started. If aborted later, it is not restarted. */
  readonly signal?: AbortSignal | undefined
  /** Called with a sentence at each step of the start. */
  readonly onStep?: ((text: string) => void) | undefined
  /** Called when it ends unexpectedly, with the reason and what happens next. */
  readonly onExit?: ((text: string) => void) | undefined
  /** Called when it runs again. */
  readonly onReturn?: (() => void) | undefined
  /** Time until it answers, in ms. Default 90,000. */
  readonly startTimeoutMs?: number
}
