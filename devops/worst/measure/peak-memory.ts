import { readFileSync, writeFileSync } from 'node:fs'

const statusKb = (pid: number, field: string): number => {
  const found = new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
  return Number(found?.[1] ?? Number.NaN)
}

/**
 * Starts to record the peak resident memory of a process (Linux). Returns a function for its growth, MB (10^6 bytes).
 */
export const watchPeakMemory = (pid: number): (() => number) => {
  // 5 resets the kernel's peak value.
  writeFileSync(`/proc/${pid}/clear_refs`, '5')
  const before = statusKb(pid, 'VmRSS')
  return () => ((statusKb(pid, 'VmHWM') - before) * 1024) / 1e6
}
