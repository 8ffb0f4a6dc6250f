/** Characters of an error's message that are shown, at each of its ends. */
const SHOWN = 1000
/** An error that repeats its input may be as long as a request, and be made 1,000 times. */
export const LONGEST_MESSAGE = 2 * SHOWN

/** A message of bounded length. What is left out is in the middle: graphql repeats the input there, and ends with the reason. */
export const shortMessage = (message: string): string => {
  if (message.length <= LONGEST_MESSAGE) return message
  // Neither end begins or stops within a surrogate pair.
  const start = message.slice(0, SHOWN).replace(/[\ud800-\udbff]$/, '')
  const end = message.slice(-SHOWN).replace(/^[\udc00-\udfff]/, '')
  const left = message.length - start.length - end.length
  return `${start}… (${left} characters left out) …${end}`
}
