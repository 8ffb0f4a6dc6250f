import { readdirSync, readFileSync } from 'node:fs'

const commandOf = (pid: string): string => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  } catch {
    return ''
  }
}

/** Commands of other processes that contain this folder, such as the local Kafka's Java. None without /proc. */
export const processesOf = (folder: string): readonly string[] => {
  if (process.platform !== 'linux') return []
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name) && name !== String(process.pid))
    .map(commandOf)
    .filter(command => command.includes(folder))
}
