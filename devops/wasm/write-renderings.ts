import { writeFile } from 'node:fs/promises'
import { COMPILED_FILE, compileRenderings } from './compile-renderings.ts'

await writeFile(COMPILED_FILE, await compileRenderings())
