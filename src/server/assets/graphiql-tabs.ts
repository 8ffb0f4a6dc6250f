import { readdir, readFile } from 'node:fs/promises'

/** A tab of GraphiQL. */
export interface GraphiQLTab {
  readonly query: string
  /** JSON text. */
  readonly variables?: string
}

const FIRST = 'welcome.graphql'
const QUERY = /\.graphql$/

/**
 * The operations of a folder as tabs, `welcome.graphql` first. `x.variables.json` holds the variables of `x.graphql`.
 */
export const readGraphiQLTabs = async (folder: URL): Promise<readonly GraphiQLTab[]> => {
  const files = await readdir(folder)
  const names = files.filter(name => QUERY.test(name)).sort()
  const ordered = [...names.filter(name => name === FIRST), ...names.filter(name => name !== FIRST)]
  const read = (name: string) => readFile(new URL(name, folder), 'utf8')
  return Promise.all(
    ordered.map(async name => {
      const query = await read(name)
      const variables = name.replace(QUERY, '.variables.json')
      return files.includes(variables) ? { query, variables: await read(variables) } : { query }
    }),
  )
}
