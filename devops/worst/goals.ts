import type { Measured } from './measure/measure-request.ts'

/** The most that one request may cost, and twenty of it at once. */
export const GOALS = { stopMs: 100, addedMb: 128, addedMbAtOnce: 512, livezMs: 250 } as const

/** How many are sent at once in the second round. */
export const AT_ONCE = 20

/** The parts of a measurement that exceed the goals; empty when all are within. */
export const beyondGoals = ({ atOnce, stopMs, addedMb, livezMs, code }: Measured): readonly string[] => {
  const found: string[] = []
  if (stopMs > (atOnce === 1 ? GOALS.stopMs : GOALS.livezMs)) found.push('stop')
  if (addedMb > (atOnce === 1 ? GOALS.addedMb : GOALS.addedMbAtOnce)) found.push('memory')
  if (livezMs > GOALS.livezMs) found.push('livez')
  if (code?.startsWith('failed') || code === 'INTERNAL_SERVER_ERROR') found.push(code)
  return found
}
