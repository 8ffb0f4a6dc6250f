import { spawn } from 'node:child_process'

/** What a command that ran to its end left. */
export interface CommandResult {
  /** Exit code; null when a signal or the deadline ended it. */
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** How long a command may take, what it sees, and what it is fed. */
export interface CommandOptions {
  readonly env: NodeJS.ProcessEnv
  readonly timeoutMs: number
  readonly signal?: AbortSignal | undefined
  /** Written to its standard input. */
  readonly input?: string | undefined
}

const outputLimit = 64 * 1024 * 1024

/** Runs a command to its end and gathers its output; rejects when it cannot be started, or `signal` fires. */
export async function runCommand(
  command: string,
  args: readonly string[],
  options: CommandOptions,
): Promise<CommandResult> {
  const deadline = AbortSignal.timeout(options.timeoutMs)
  options.signal?.throwIfAborted()
  const child = spawn(command, args, { env: options.env, stdio: 'pipe' })
  const stop = () => child.kill('SIGKILL')
  deadline.addEventListener('abort', stop)
  options.signal?.addEventListener('abort', stop)
  try {
    // A command that ends before it has read its input breaks the pipe; its exit code tells the story.
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

/** Whether a failure means that there is no such program. */
export function isMissingProgram(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'EACCES')
}
