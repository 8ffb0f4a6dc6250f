import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Written after a build: a hash of what went in and of what came out. */
const STAMP = 'dist/.built'
/** What a build depends on. The lock names the compiler and the types of every package. */
const INPUTS = ['src', 'package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json']
const OUTPUTS = /\.(js|d\.ts)(\.map)?$/

const filesIn = (root: string, name: string): readonly string[] => {
  const path = join(root, name)
  if (!existsSync(path)) return []
  const entries = readdirSync(path, { recursive: true, withFileTypes: true })
  return entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name))
}

// Contents, not times: a checkout of an older commit and a restored file change the one and not always the other.
const hashOf = (root: string): string => {
  const hash = createHash('sha256')
  const inputs = INPUTS.flatMap(name => (name === 'src' ? filesIn(root, name) : [join(root, name)]))
  const outputs = filesIn(root, 'dist').filter(file => OUTPUTS.test(file))
  for (const file of [...inputs, ...outputs].sort()) {
    const bytes = existsSync(file) ? readFileSync(file) : null
    hash.update(`${file.slice(root.length)}\0${bytes?.length ?? 'missing'}\0`)
    if (bytes !== null) hash.update(bytes)
  }
  return hash.digest('hex')
}

/** Whether `dist` is whole and was built from the sources, settings and packages as they are now. */
export const isFresh = (root: string): boolean => {
  const stamp = join(root, STAMP)
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === hashOf(root)
}

/** Call it after a build. */
export const markFresh = (root: string): void => writeFileSync(join(root, STAMP), hashOf(root))

/** Deletes outputs whose source is gone: the compiler leaves them. */
export const removeOrphans = (root: string): void => {
  const dist = join(root, 'dist')
  const sourceOf = (file: string) => join(root, 'src', file.slice(dist.length).replace(OUTPUTS, '.ts'))
  for (const file of filesIn(root, 'dist')) {
    if (OUTPUTS.test(file) && !existsSync(sourceOf(file))) rmSync(file)
  }
}
