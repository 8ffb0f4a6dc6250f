import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import wabt from 'wabt'

const FOLDER = join(import.meta.dirname, '../../src/server/pipeline/template')

/** The file with the compiled module. */
export const COMPILED_FILE = join(FOLDER, 'renderings-wasm.ts')

const LINE = 108

/** Compiles renderings.wat. Returns the text of COMPILED_FILE. */
export const compileRenderings = async (): Promise<string> => {
  const source = await readFile(join(FOLDER, 'renderings.wat'), 'utf8')
  const { parseWat } = await wabt()
  const module = parseWat('renderings.wat', source, { simd: true })
  const code = Buffer.from(module.toBinary({}).buffer).toString('base64')
  module.destroy()
  const lines = code.match(new RegExp(`.{1,${LINE}}`, 'g')) ?? []
  return `/** The module of renderings.wat in base64. Written by \`npm run wasm\`. */
export const RENDERINGS = [
${lines.map(line => `  '${line}',\n`).join('')}].join('')
`
}
