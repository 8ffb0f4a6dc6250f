import { cp, mkdir, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startProgram } from '../../support/start-program.ts'
import { type TempDir, tempDir } from '../../support/temp-dir.ts'

/** A built copy of the project with its own `dist`, so that builds of other tests do not interfere. */
export interface BuiltProject extends AsyncDisposable {
  readonly path: string
  readonly cli: string
}

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const COPIED = [
  'src',
  'schema',
  'devops/kafka',
  'devops/build',
  'devops/dev',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.build.json',
]
/** Installed packages and downloaded Kafka jars. */
const LINKED = ['node_modules', '.cache']

/** Copies the project. */
export const copyProject = async (): Promise<TempDir> => {
  const dir = await tempDir()
  await Promise.all(COPIED.map(name => cp(join(ROOT, name), join(dir.path, name), { recursive: true })))
  await mkdir(join(ROOT, '.cache'), { recursive: true })
  await Promise.all(LINKED.map(name => symlink(join(ROOT, name), join(dir.path, name))))
  return dir
}

/** Copies the project and builds it. */
export const buildProject = async (): Promise<BuiltProject> => {
  const dir = await copyProject()
  const build = startProgram('npm', ['run', 'prestart', '--silent'], { cwd: dir.path })
  if ((await build.exited) !== 0) throw new Error(`the build failed:\n${build.stdout}${build.stderr}`)
  const cli = join(dir.path, 'dist/cli.js')
  return { path: dir.path, cli, [Symbol.asyncDispose]: () => dir[Symbol.asyncDispose]() }
}
