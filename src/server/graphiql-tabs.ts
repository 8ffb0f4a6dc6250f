import { readdir, readFile } from 'node:fs/promises'

/** A tab of GraphiQL. */
export interface GraphiQLTab {
  readonly query: string
  /** JSON text. */
  readonly variables?: string
}

const FIRST = 'welcome.graphql'
const VARIABLES = 'variables.json'

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

const readVariables = async (folder: URL): Promise<Readonly<Record<string, unknown>>> => {
  const variables: unknown = JSON.parse(await readFile(new URL(VARIABLES, folder), 'utf8'))
  return isRecord(variables) ? variables : {}
}

/** The operations of a folder as tabs, `welcome.graphql` first; `variables.json` there holds variables by file name. */
export const readGraphiQLTabs = async (folder: URL): Promise<readonly GraphiQLTab[]> => {
  const files = await readdir(folder)
  const names = files.filter(name => name.endsWith('.graphql')).sort()
  const ordered = [...names.filter(name => name === FIRST), ...names.filter(name => name !== FIRST)]
  const variables = files.includes(VARIABLES) ? await readVariables(folder) : {}
  return Promise.all(
    ordered.map(async name => {
      const query = await readFile(new URL(name, folder), 'utf8')
      const own = variables[name] ?? variables[name.replace('.graphql', '')]
      return own === undefined ? { query } : { query, variables: JSON.stringify(own, null, 2) }
    }),
  )
}
