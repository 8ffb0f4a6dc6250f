import { flagOf, type Setting } from './setting.ts'

const shownDefault = ({ default: value, unit }: Setting): string =>
  value === null || value === '' ? '' : unit === null ? value : `${Number(value).toLocaleString('en')} ${unit}`

const names = ({ env, secret }: Setting): readonly string[] => (secret ? [env, `${env}_FILE`] : [env])

/** Renders the settings as a Markdown table for the README. */
export const markdownTable = (table: readonly Setting[]): string => {
  const rows = table.map(entry => {
    const env = names(entry).map(name => `\`${name}\``)
    const value = shownDefault(entry)
    return `| ${env.join(', ')} | \`${flagOf(entry.env)}\` | ${value === '' ? '' : `\`${value}\``} | ${entry.sentence} |`
  })
  return ['| environment | flag | default | meaning |', '|---|---|---|---|', ...rows].join('\n')
}

/** Renders the settings for `--help`. */
export const helpText = (table: readonly Setting[]): string => {
  const entries = table.map(entry => {
    const value = shownDefault(entry)
    const head = `  ${flagOf(entry.env)}  (${names(entry).join(', ')})${value === '' ? '' : `  default: ${value}`}`
    return `${head}\n      ${entry.sentence}`
  })
  return [
    'kafka-graphql: a GraphQL API with subscriptions over Apache Kafka',
    '',
    'Settings are flags (--port 4000 or --port=4000) or environment variables (PORT=4000); flags win.',
    '',
    ...entries,
    '',
    '  --help     this text',
    '  --version  the version',
  ].join('\n')
}
