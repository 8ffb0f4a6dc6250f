import { readdirSync, readFileSync } from 'node:fs'

/** Linux reports processor time in hundredths of a second (USER_HZ), whatever the kernel's own tick is. */
const TICKS_A_SECOND = 100

/** Processor seconds (user and system, all threads) used by a process, from /proc. */
export const cpuSeconds = (pid: number): number => cpuOf(readFileSync(`/proc/${pid}/stat`, 'utf8'))

/** The processor seconds in a line of /proc/…/stat. The program name in it may contain spaces and brackets. */
export const cpuOf = (stat: string): number => {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND
}

/** Resident memory of a process, MB (10^6 bytes). */
export const rssMb = (pid: number): number => {
  const found = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
  return (Number(found?.[1] ?? Number.NaN) * 1024) / 1e6
}

/** Open file descriptors of a process. */
export const openFiles = (pid: number): number => readdirSync(`/proc/${pid}/fd`).length
