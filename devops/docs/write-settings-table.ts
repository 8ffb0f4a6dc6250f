import { readFileSync, writeFileSync } from 'node:fs'
import { renderSettingsTable } from '../../src/config/config.ts'

const path = new URL('../../README.md', import.meta.url)
const between = /(<!-- settings:start -->\n)[\s\S]*?(<!-- settings:end -->)/
const readme = readFileSync(path, 'utf8')
if (!between.test(readme)) throw new Error('README.md has no <!-- settings:start --> … <!-- settings:end -->')
writeFileSync(
  path,
  readme.replace(between, (_all, start: string, end: string) => `${start}${renderSettingsTable()}\n${end}`),
)
