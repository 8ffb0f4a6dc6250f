import { readFileSync, writeFileSync } from 'node:fs'
import { buildSchema } from '../../src/graphql/schema.ts'
import { printSdl } from './print-sdl.ts'

const path = new URL('../../schema/schema.graphql', import.meta.url)
const sdl = printSdl(buildSchema())

if (!process.argv.includes('--check')) {
  writeFileSync(path, sdl)
} else if (readFileSync(path, 'utf8') !== sdl) {
  process.stderr.write('schema/schema.graphql is not what src/graphql makes: run "npm run codegen" and commit it.\n')
  process.exitCode = 1
}
