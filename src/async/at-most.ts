import { Permits } from './permits.ts'

/** Runs at most `most` pieces of work at a time. The others wait in order of arrival. */
export const atMost = (most: number): (<T>(work: () => Promise<T>) => Promise<T>) => {
  const permits = new Permits({ most })
  return async work => {
    if (!permits.take()) await new Promise<void>(resolve => permits.wait(resolve, { always: true }))
    try {
      return await work()
    } finally {
      permits.give()
    }
  }
}
