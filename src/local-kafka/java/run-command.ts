import { spawn } from 'node:child_process'

/** The result of a finished command. */
export interface CommandResult {
  /** Exit code; null if a signal or the deadline ended it. */
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Deadline, environment and input of a command. */
export interface CommandOptions {
  readonly env: NodeJS.ProcessEnv
  readonly timeoutMs: number
  readonly signal?: AbortSignal | undefined
  /** The folder to run in. Default: that of this process. */
  readonly cwd?: string | undefined
  /** Written to standard input. */
  readonly input?: string | undefined
}

const outputLimit = 64 * 1024 * 1024

/** Runs a command and collects its output. Rejects if it cannot be started or `signal` fires. */
export async function runCommand(
  command: string,
  args: readonly string[],
  options: CommandOptions,
): Promise<CommandResult> {
  const deadline = AbortSignal.timeout(options.timeoutMs)
  options.signal?.throwIfAborted()
  const child = spawn(command, args, { env: options.env, cwd: options.cwd, stdio: 'pipe' })
  const stop = () => child.kill('SIGKILL')
  deadline.addEventListener('abort', stop)
  options.signal?.addEventListener('abort', stop)
  try {
    // A command that exits before reading its input breaks the pipe. Its exit code is enough.
    child.stdin.on('error', () => {})
    child.stdin.end(options.input ?? '')
    const [code, stdout, stderr] = await Promise.all([
      new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve)),
      gather(child.stdout, stop),
      gather(child.stderr, stop),
    ])
    options.signal?.throwIfAborted()
    return { code, stdout, stderr }
  } finally {
    deadline.removeEventListener('abort', stop)
    options.signal?.removeEventListener('abort', stop)
  }
}

async function gather(stream: NodeJS.ReadableStream, onTooMuch: () => void): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk)
    size += bytes.length
    if (size > outputLimit) {
      onTooMuch()
      break
    }
    chunks.push(bytes)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** Whether a failure means that the program does not exist. */
export function isMissingProgram(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'EACCES')
}
