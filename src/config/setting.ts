import type { z } from 'zod'

/** One line of the settings table. Values arrive as text, whatever their source. */
export interface Setting<
  Parser extends z.ZodType<unknown, string> = z.ZodType<unknown, string>,
  Default = string | null,
> {
  /** Name of the environment variable. */
  readonly env: string
  /** As it would be written; null where the setting is off or chosen at start unless given. */
  readonly default: Default
  /** Unit of the value, for people; null where it has none. */
  readonly unit: string | null
  readonly sentence: string
  readonly parser: Parser
  /** Never shown, and readable from the file that `<env>_FILE` names. */
  readonly secret: boolean
}

/** What a setting becomes once read. */
export type ValueOf<S> =
  S extends Setting<infer Parser, infer Default> ? z.output<Parser> | (Default extends null ? null : never) : never

/** A line of the settings table. */
export const setting = <Parser extends z.ZodType<unknown, string>, Default extends string | null>(
  env: string,
  parser: Parser,
  defaultValue: Default,
  sentence: string,
  { unit = null, secret = false }: { readonly unit?: string | null; readonly secret?: boolean } = {},
): Setting<Parser, Default> => ({ env, parser, default: defaultValue, sentence, unit, secret })

/** `KAFKA_BROKERS` as a flag: `--kafka-brokers`. */
export const flagOf = (env: string): string => `--${env.toLowerCase().replaceAll('_', '-')}`
