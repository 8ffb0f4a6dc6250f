import { spawnSync } from 'node:child_process'

/** What git prints, or null where it refuses. */
const git = (...args: readonly string[]): string | null => {
  const { status, stdout } = spawnSync('git', args, { encoding: 'utf8' })
  return status === 0 ? stdout.trim() : null
}

/** The commit that this branch left main at. Without a main, the last commit. */
const baseCommit = (): string => git('merge-base', 'HEAD', 'origin/main') ?? git('merge-base', 'HEAD', 'main') ?? 'HEAD'

// Short tests that import a file changed since then, committed or not. Further arguments go to vitest.
const args = ['vitest', 'run', '--project', 'short', '--changed', baseCommit(), ...process.argv.slice(2)]
const { status } = spawnSync('npx', args, { stdio: 'inherit' })
process.exitCode = status ?? 1
