/** Characters of an error's message that are shown. An error that repeats its input may be as long as a request, and be made 1,000 times. */
export const LONGEST_MESSAGE = 2000

/** A message of bounded length: what is left out is counted. */
export const shortMessage = (message: string): string => {
  if (message.length <= LONGEST_MESSAGE) return message
  // Not within a surrogate pair.
  const start = message.slice(0, LONGEST_MESSAGE).replace(/[\ud800-\udbff]$/, '')
  return `${start}… (${message.length - start.length} characters more)`
}
