import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'

// Process ids are reused: a process is known by its id and the time it started.
const hasProc = existsSync('/proc/self/stat')

/** When a process started, as text to compare; undefined when there is no such process, or it is a zombie. */
export function startTimeOf(pid: number): string | undefined {
  if (!hasProc) return ps('lstart=', pid)
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The program's name, in brackets, may hold spaces and brackets itself; what follows are fields 3 (state) and on.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' ? undefined : fields[19]
  } catch {
    return undefined
  }
}

/** A process's command line; undefined when there is no such process. */
export function commandLineOf(pid: number): string | undefined {
  if (!hasProc) return ps('command=', pid)
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim() || undefined
  } catch {
    return undefined
  }
}

function ps(column: string, pid: number): string | undefined {
  try {
    const env = { ...process.env, LC_ALL: 'C' }
    const stdio: ['ignore', 'pipe', 'ignore'] = ['ignore', 'pipe', 'ignore']
    const printed = execFileSync('ps', ['-ww', '-o', column, '-p', String(pid)], { env, stdio, timeout: 5000 })
    return printed.toString().trim() || undefined
  } catch {
    return undefined
  }
}
