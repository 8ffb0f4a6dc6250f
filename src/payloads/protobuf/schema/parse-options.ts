import type { Tokens } from './tokens.ts'

const OPENING = new Set(['{', '[', '<'])
const CLOSING = new Set(['}', ']', '>'])
const KEPT = /^(?:json_name|packed|features\.[a-z0-9_]+)$/

/** Passes a block from its opening brace to its closing one, whatever is in it. */
export const skipBlock = (tokens: Tokens): void => {
  let depth = 0
  do {
    if (OPENING.has(tokens.mark)) depth++
    else if (CLOSING.has(tokens.mark)) depth--
    tokens.any('the end of the block')
  } while (depth > 0)
}

/** Passes everything up to the semicolon of a statement. */
export const skipStatement = (tokens: Tokens): void => {
  while (!tokens.take(';')) {
    if (OPENING.has(tokens.mark)) skipBlock(tokens)
    else tokens.any('";"')
  }
}

const nameOf = (tokens: Tokens): string => {
  const parts: string[] = []
  do {
    const isExtension = tokens.take('(')
    const part = isExtension ? tokens.name('the name of an option') : tokens.word('the name of an option')
    if (isExtension) tokens.expect(')')
    parts.push(isExtension ? `(${part})` : part)
  } while (tokens.take('.'))
  return parts.join('.')
}

/** A block such as `{ field_presence: IMPLICIT }`. Only features are kept from one, and those are words. */
const readBlock = (tokens: Tokens, name: string, options: Map<string, string>): void => {
  if (name !== 'features') {
    skipBlock(tokens)
    return
  }
  tokens.expect('{')
  while (!tokens.take('}')) {
    const feature = tokens.mark
    tokens.any('"}"')
    if (OPENING.has(tokens.mark)) skipBlock(tokens)
    else if (tokens.take(':')) options.set(`features.${feature}`, tokens.any('a value'))
  }
}

/** Reads `name = value`. */
export const readOption = (tokens: Tokens, options: Map<string, string>): void => {
  const name = nameOf(tokens)
  tokens.expect('=')
  if (tokens.mark === '{') {
    readBlock(tokens, name, options)
    return
  }
  if (!tokens.take('-')) tokens.take('+')
  const value = tokens.any('a value')
  if (KEPT.test(name)) options.set(name, value)
}

/** Reads the options in brackets after a field, if there are any. */
export const readInlineOptions = (tokens: Tokens): Map<string, string> => {
  const options = new Map<string, string>()
  if (!tokens.take('[')) return options
  do readOption(tokens, options)
  while (tokens.take(','))
  tokens.expect(']')
  return options
}
