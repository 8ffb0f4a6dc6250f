import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'

// Process ids are reused, so a process is identified by its id and start time.
const hasProc = existsSync('/proc/self/stat')

/** Start time of a process, as text to compare; undefined if there is no such process or it is a zombie. */
export function startTimeOf(pid: number): string | undefined {
  if (!hasProc) return ps('lstart=', pid)
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The program's name, in brackets, may contain spaces and brackets. Fields 3 (state) and later follow it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' ? undefined : fields[19]
  } catch {
    return undefined
  }
}

/** Command line of a process; undefined if there is no such process. */
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
