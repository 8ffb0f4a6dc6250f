import { X509Certificate } from 'node:crypto'
import { z } from 'zod'
import { parseAllowedHost, parseBroker, parseRegistryUrl } from './parse-address.ts'
import { parseTopicSpec } from './parse-topic-spec.ts'
import { parseFormatRule } from './payload-formats/parse-format-rule.ts'
import { certificateBlocks, noBlockProblem, privateKeyBlock } from './pem.ts'

/** Makes a parser from a function that throws an Error saying what would be right. */
const parsedBy = <T>(parse: (text: string) => T) =>
  z.string().transform((text, context): T => {
    try {
      return parse(text.trim())
    } catch (thrown) {
      context.addIssue({ code: 'custom', message: thrown instanceof Error ? thrown.message : String(thrown) })
      return z.NEVER
    }
  })

/** A comma-separated list whose items are read by `parse`. Refuses duplicates. */
const listOf = <T>(parse: (item: string) => T) =>
  parsedBy((text): readonly T[] => {
    const items = text.split(',').map(item => item.trim())
    const given = items.filter(item => item !== '')
    if (given.length < items.length && text !== '') throw new Error('an item of the list is empty')
    const twice = given.find((item, index) => given.indexOf(item) !== index)
    if (twice !== undefined) throw new Error(`${JSON.stringify(twice)} is listed twice`)
    return collected(given, parse)
  })

const collected = <T>(items: readonly string[], parse: (item: string) => T): readonly T[] => {
  const wrong: string[] = []
  const values = items.flatMap(item => {
    try {
      return [parse(item)]
    } catch (thrown) {
      wrong.push(thrown instanceof Error ? thrown.message : String(thrown))
      return []
    }
  })
  if (wrong.length > 0) throw new Error(wrong.join('; '))
  return values
}

/** Any non-empty text. */
export const text = parsedBy(value => {
  if (value === '') throw new Error('is empty')
  return value
})

const CLUSTER_NAME = /^[A-Za-z0-9._-]{1,100}$/

/** The name of a cluster. */
export const clusterName = parsedBy(value => {
  if (!CLUSTER_NAME.test(value))
    throw new Error(`must be 1 to 100 letters, digits, ".", "_" and "-", not ${JSON.stringify(value)}`)
  return value
})

/** Any non-empty text; surrounding spaces are kept. */
export const exactText = z.string().min(1, 'is empty')

/** Readable PEM certificates. `env` is the name of the setting. */
export const certificates = (env: string) =>
  parsedBy(value => {
    const blocks = certificateBlocks(value)
    if (blocks.length === 0) throw new Error(noBlockProblem(env, value, 'certificate'))
    for (const [index, block] of blocks.entries()) {
      const which = blocks.length === 1 ? 'its certificate' : `certificate ${index + 1} of its ${blocks.length}`
      if (!canRead(block.text)) throw new Error(`${which} is damaged: it cannot be read`)
    }
    return value
  })

const canRead = (certificate: string): boolean => {
  try {
    return new X509Certificate(certificate).subject !== undefined
  } catch {
    return false
  }
}

/** A PEM private key, encrypted or not. `env` is the name of the setting. */
export const privateKey = (env: string) =>
  parsedBy(value => {
    if (privateKeyBlock(value) === undefined) throw new Error(noBlockProblem(env, value, 'private key'))
    return value
  })

/** A whole number within bounds. */
export const wholeNumber = (least: number, most: number) =>
  parsedBy(value => {
    const number = Number(value)
    if (/^\d+$/.test(value) && number >= least && number <= most) return number
    throw new Error(`${JSON.stringify(value)} is not a whole number from ${least} to ${most}`)
  })

export const oneOf = <const Words extends readonly string[]>(...words: Words) =>
  parsedBy((value): Words[number] => {
    const word = words.find(candidate => candidate === value)
    if (word === undefined) throw new Error(`${JSON.stringify(value)} is not one of ${words.join(', ')}`)
    return word
  })

export const trueOrFalse = oneOf('true', 'false').transform(word => word === 'true')

/** Brokers as `host:port`, IPv6 addresses in brackets; at least one. */
export const brokers = listOf(parseBroker).refine(list => list.length > 0, 'lists no broker: give host:port, …')

/** Topics as `name:partitions:replicationFactor[:config=value;…]`; empty for none. */
export const topicSpecs = listOf(parseTopicSpec).refine(
  list => new Set(list.map(spec => spec.name)).size === list.length,
  'lists a topic twice',
)

/** The formats of payloads, as `topic-pattern.part=format`; empty for none. */
export const formatRules = listOf(parseFormatRule)

/** Host names, with or without a port. */
export const hostNames = listOf(parseAllowedHost)

/** Exact origins: scheme, host and port as a browser sends them. */
export const origins = listOf(item => {
  const origin = URL.canParse(item) ? new URL(item).origin : null
  if (origin === item && /^https?:/.test(item)) return item
  const hint = origin !== null && origin !== 'null' ? `: write ${origin}` : ', such as https://app.example.org'
  throw new Error(`${JSON.stringify(item)} is not an exact origin${hint}`)
})

/** URLs of the nodes of a schema registry; at least one. */
export const registryUrls = listOf(parseRegistryUrl).refine(
  list => list.length > 0,
  'lists no URL: give one, such as https://registry.example.org',
)
