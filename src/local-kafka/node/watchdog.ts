import { type ChildProcess, spawn } from 'node:child_process'

// The script waits for the end of a pipe that only our process holds open. However we die, the kernel closes the pipe.
// SIGCONT comes first, because a paused process handles SIGTERM only after it. A node stops in about 0.3 s.
const script = `
while read -r line; do :; done
kill -CONT "$1" && kill -TERM "$1" && sleep 1 && kill -KILL "$1"
`

/** Watches one process and ends it when our process dies. Dispose it when the watched process has exited. */
export function watchOver(pid: number, env: NodeJS.ProcessEnv): Disposable {
  const path = [env.PATH, '/usr/bin', '/bin'].filter(Boolean).join(':')
  // Detached: Ctrl-C goes to the whole foreground group, and the watchdog must outlive us.
  const watchdog = spawn('/bin/sh', ['-c', script, 'local-kafka-watchdog', String(pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    env: { PATH: path },
  })
  watchdog.on('error', () => {})
  letGo(watchdog)
  return { [Symbol.dispose]: () => void watchdog.kill('SIGKILL') }
}

/** Lets our process exit although the child and its pipe are open. */
function letGo(child: ChildProcess): void {
  child.unref()
  const pipe = child.stdin
  pipe?.on('error', () => {})
  if (pipe && 'unref' in pipe && typeof pipe.unref === 'function') pipe.unref()
}
