import type { z } from 'zod'

/** One row of the settings table. Values are text, whatever their source. */
export interface Setting<
  Parser extends z.ZodType<unknown, string> = z.ZodType<unknown, string>,
  Default = string | null,
> {
  /** Name of the environment variable. */
  readonly env: string
  /** Written like a given value; null if the setting is unset by default or chosen at start. */
  readonly default: Default
  /** Unit of the value, for people; null if it has none. */
  readonly unit: string | null
  readonly sentence: string
  readonly parser: Parser
  /** Never shown. Also readable from the file named by `<env>_FILE`. */
  readonly secret: boolean
}

/** The type of a setting's parsed value. */
export type ValueOf<S> =
  S extends Setting<infer Parser, infer Default> ? z.output<Parser> | (Default extends null ? null : never) : never

/** Creates a row of the settings table. */
export const setting = <Parser extends z.ZodType<unknown, string>, Default extends string | null>(
  env: string,
  parser: Parser,
  defaultValue: Default,
  sentence: string,
  { unit = null, secret = false }: { readonly unit?: string | null; readonly secret?: boolean } = {},
): Setting<Parser, Default> => ({ env, parser, default: defaultValue, sentence, unit, secret })

/** The flag of a setting: `--kafka-brokers` for `KAFKA_BROKERS`. */
export const flagOf = (env: string): string => `--${env.toLowerCase().replaceAll('_', '-')}`
