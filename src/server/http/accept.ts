/** A media type of GraphQL responses. */
type AnswerType = 'application/json' | 'application/graphql-response+json'

const TYPES: readonly AnswerType[] = ['application/graphql-response+json', 'application/json']
/** Ranges that match any type of ours. */
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

/**
 * True when an Accept header names event streams; a wildcard means JSON. A weight of 0 means "not acceptable" (RFC
 * 9110).
 */
export const acceptsEvents = (accept: string): boolean =>
  // Cheap check first: few clients ask for event streams, and all send an Accept.
  /text\/event-stream/i.test(accept) &&
  accept.split(',').some(text => {
    const { name, quality } = rangeOf(text)
    return name === 'text/event-stream' && quality > 0
  })

/**
 * The response type that an Accept header prefers; null when it accepts none of ours. By weight (RFC 9110), then by
 * order. A wildcard means JSON, which every client can read.
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
