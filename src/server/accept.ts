/** A media type of GraphQL answers. */
type AnswerType = 'application/json' | 'application/graphql-response+json'

const TYPES: readonly AnswerType[] = ['application/graphql-response+json', 'application/json']
/** What a range without a type of its own stands for. */
const WILDCARDS = new Set(['*/*', 'application/*'])

interface Range {
  readonly name: string
  readonly quality: number
}

const rangeOf = (text: string): Range => {
  const [name = '', ...parameters] = text.split(';').map(part => part.trim().toLowerCase())
  const quality = parameters.find(parameter => parameter.startsWith('q='))
  return { name, quality: quality === undefined ? 1 : Number(quality.slice(2)) }
}

/** True when an Accept takes event streams: by name, a wildcard is JSON. What weighs nothing is refused (RFC 9110). */
export const acceptsEvents = (accept: string): boolean =>
  // Few ask for them, and all send an Accept.
  /text\/event-stream/i.test(accept) &&
  accept.split(',').some(text => {
    const { name, quality } = rangeOf(text)
    return name === 'text/event-stream' && quality > 0
  })

/**
 * The type that an Accept asks for most, null when it takes none that we have. By weight (RFC 9110), then by order; a wildcard
 * is JSON, which every client knows.
 */
export const acceptedType = (accept: string | undefined): AnswerType | null => {
  if (accept === undefined || accept.trim() === '') return 'application/json'
  const ranges = accept.split(',').map(rangeOf)
  let best: Range = { name: '', quality: 0 }
  for (const range of ranges) {
    const isOurs = WILDCARDS.has(range.name) || TYPES.some(type => type === range.name)
    if (isOurs && range.quality > best.quality) best = range
  }
  if (best.name === '') return null
  const isRefused = (type: AnswerType) => ranges.some(({ name, quality }) => name === type && quality === 0)
  const named = TYPES.find(type => type === best.name)
  return named ?? (isRefused('application/json') ? 'application/graphql-response+json' : 'application/json')
}
