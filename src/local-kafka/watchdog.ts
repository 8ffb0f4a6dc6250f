import { type ChildProcess, spawn } from 'node:child_process'

// It waits for the end of a pipe that only our process holds open. When we die, however we die, the kernel closes the pipe.
// A paused process would keep SIGTERM for later, hence SIGCONT first. One node stops in about 0.3 s.
const script = `
while read -r line; do :; done
kill -CONT "$1" && kill -TERM "$1" && sleep 1 && kill -KILL "$1"
`

/** Watches over one process id: ends that process when ours is gone. Dispose it when the process has ended. */
export function watchOver(pid: number, env: NodeJS.ProcessEnv): Disposable {
  const path = [env.PATH, '/usr/bin', '/bin'].filter(Boolean).join(':')
  // Detached: a Ctrl-C in the terminal goes to the whole foreground group, and the watchdog has to outlive us.
  const watchdog = spawn('/bin/sh', ['-c', script, 'local-kafka-watchdog', String(pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    env: { PATH: path },
  })
  watchdog.on('error', () => {})
  letGo(watchdog)
  return { [Symbol.dispose]: () => void watchdog.kill('SIGKILL') }
}

/** Neither the process nor its pipe keeps ours alive. */
function letGo(child: ChildProcess): void {
  child.unref()
  const pipe = child.stdin
  pipe?.on('error', () => {})
  if (pipe && 'unref' in pipe && typeof pipe.unref === 'function') pipe.unref()
}
