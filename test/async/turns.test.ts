import { expect, test } from 'vitest'
import { TURN_MS } from '../../src/async/loop-turn.ts'
import { Turns } from '../../src/async/turns.ts'

test('work that fills a turn leaves the rest to later turns, in order', async () => {
  let now = 0
  const turns = new Turns(() => now)
  let turn = 0
  const count = () => {
    turn += 1
    if (turn < 50) setImmediate(count)
  }
  setImmediate(count)
  const began = await Promise.all(
    ['a', 'b', 'c'].map(name =>
      turns.inTurn(() => {
        now += TURN_MS + 1
        return { name, turn }
      }),
    ),
  )
  expect(began.map(({ name }) => name)).toEqual(['a', 'b', 'c'])
  expect(new Set(began.map(each => each.turn)).size).toBe(3)
})

test('a failure belongs to its own work', async () => {
  const turns = new Turns()
  const failing = turns.inTurn(() => {
    throw new Error('broken')
  })
  const rejecting = turns.inTurn(() => Promise.reject(new Error('late')))
  const fine = turns.inTurn(() => Promise.resolve(1))
  await expect(failing).rejects.toThrow('broken')
  await expect(rejecting).rejects.toThrow('late')
  expect(await fine).toBe(1)
})
