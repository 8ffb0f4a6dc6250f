import { shown } from '../../../kafka/text.ts'
import { SchemaProblem, type SchemaText } from '../../schema-codec.ts'
import type { FileDeclaration } from './declarations.ts'
import { GOOGLE_TYPES } from './known/google-types.ts'
import { SCHEMA_FILES } from './known/schema-files.ts'
import { VALUE_FILES } from './known/value-files.ts'
import type { SourceFile } from './link-files.ts'
import { parseFile } from './parse-file.ts'
import type { Counter } from './parse-message.ts'

/** A schema and its references together: 1 MiB of text is parsed in less than 100 ms. */
const MAX_CHARACTERS = 1_048_576
const MAX_DECLARATIONS = 20_000

const KNOWN_FILES: ReadonlyMap<string, string> = new Map(
  [VALUE_FILES, GOOGLE_TYPES, SCHEMA_FILES].flatMap(files => Object.entries(files)),
)

/** Reads one registered schema. */
export type ReadFile = (schema: string, counter: Counter) => FileDeclaration

class DeclarationCounter implements Counter {
  #count = 0

  count(): void {
    if (++this.#count > MAX_DECLARATIONS)
      throw new SchemaProblem(`the schema has more than ${MAX_DECLARATIONS} messages, fields and enum values`)
  }
}

const checkSize = ({ schema, references }: SchemaText): void => {
  const characters = references.reduce((sum, reference) => sum + reference.schema.length, schema.length)
  if (characters > MAX_CHARACTERS)
    throw new SchemaProblem(`the schema and its references have more than ${MAX_CHARACTERS} characters`)
}

/** The known files that these files import, and those that they import themselves. Each is read once. */
const knownFilesOf = (files: readonly FileDeclaration[], counter: Counter): readonly FileDeclaration[] => {
  const found = new Map<string, FileDeclaration>()
  const waiting = files.flatMap(({ imports }) => imports)
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const text = KNOWN_FILES.get(name)
    if (text === undefined || found.has(name)) continue
    const file = parseFile(text, counter)
    found.set(name, file)
    waiting.push(...file.imports)
  }
  return [...found.values()]
}

const checkImports = (files: readonly FileDeclaration[], names: ReadonlySet<string>): void => {
  for (const name of files.flatMap(({ imports }) => imports)) {
    if (!names.has(name) && !KNOWN_FILES.has(name))
      throw new SchemaProblem(
        `the import ${shown(name)} is neither among the references of the schema nor a well-known file`,
      )
  }
}

/**
 * Parses a schema, its references and the well-known files that they import. Nothing is read from files or hosts: an import is
 * the name of a reference.
 *
 * @throws SchemaProblem
 */
export const readFiles = (text: SchemaText, fileOf: ReadFile): readonly SourceFile[] => {
  checkSize(text)
  const counter = new DeclarationCounter()
  // One schema may be referred to by two names, and a well-known file may be registered as well.
  const foreign = text.references.filter(({ name }) => !KNOWN_FILES.has(name)).map(({ schema }) => schema)
  const texts = new Set(foreign)
  texts.delete(text.schema)
  const files = [...texts, text.schema].map(one => fileOf(one, counter))
  checkImports(files, new Set(text.references.map(({ name }) => name)))
  const known = knownFilesOf(files, counter)
  return [
    ...known.map(declaration => ({ declaration, isKnown: true })),
    ...files.map(declaration => ({ declaration, isKnown: false })),
  ]
}
