/** Characters shown of an error message, at each of its ends. */
const SHOWN = 1000
/** An error that repeats its input may be as long as a request, and occur 1,000 times. */
export const LONGEST_MESSAGE = 2 * SHOWN

/**
 * A message of limited length. The middle is left out: graphql repeats the input there and puts the reason at the end.
 */
export const shortMessage = (message: string): string => {
  if (message.length <= LONGEST_MESSAGE) return message
  // Do not split a surrogate pair at either cut.
  const start = message.slice(0, SHOWN).replace(/[\ud800-\udbff]$/, '')
  const end = message.slice(-SHOWN).replace(/^[\udc00-\udfff]/, '')
  const left = message.length - start.length - end.length
  return `${start}… (${left} characters left out) …${end}`
}
