import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import type { ReadMessage } from './oracle.ts'

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
const [recipe] = [...readme.matchAll(/```ts\n([\s\S]*?)```/g)]
  .map(([, text = '']) => text)
  .filter(text => text.includes('new EventSource'))

/** The output of the README's EventSource recipe in a page. */
export interface EventSourcePage {
  /** The messages so far; values are `partition:…`. */
  read(): Promise<readonly ReadMessage[]>
  /** The errors that it printed. */
  errors(): Promise<readonly unknown[]>
}

interface Printed {
  readonly log: readonly { readonly offset: string; readonly value: { readonly string: string } }[]
  readonly error: readonly unknown[]
}

/** Runs the recipe unchanged except for its address and topic, and keeps its output in order. */
export const runEventSourceRecipe = async (
  page: Page,
  { host, topic }: { readonly host: string; readonly topic: string },
): Promise<EventSourcePage> => {
  if (recipe === undefined) throw new Error('the README has no EventSource recipe')
  await page.evaluate(`
    globalThis.printed = { log: [], error: [] }
    console.log = one => printed.log.push(one)
    console.error = one => printed.error.push(one)`)
  await page.evaluate(recipe.replaceAll('127.0.0.1:4000', host).replaceAll('ishwar-topic', topic))
  const printed = () => page.evaluate<Printed>('printed')
  return {
    read: async () =>
      (await printed()).log.map(({ offset, value }) => ({
        partition: Number(value.string.split(':')[0]),
        offset: BigInt(offset),
        value: value.string,
      })),
    errors: async () => (await printed()).error,
  }
}
