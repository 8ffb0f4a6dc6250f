import { describe, expect, it } from 'vitest'
import { alternate } from '../../devops/bench/harness/alternate.ts'
import { comparison, figure, range } from '../../devops/bench/harness/format.ts'
import { line } from '../../devops/bench/harness/line.ts'
import { median, percentile, slope, spread } from '../../devops/bench/harness/statistics.ts'
import { cpuOf } from '../../devops/bench/harness/usage.ts'

describe('the arithmetic of the bench', () => {
  it('takes the middle value, or the mean of the two middle ones', () => {
    expect(median([9, 1, 5])).toBe(5)
    expect(median([1, 2, 3, 10])).toBe(2.5)
    expect(median([])).toBeNaN()
    expect(spread([3, 1, 2])).toEqual({ median: 2, min: 1, max: 3 })
  })

  it('takes percentiles by nearest rank', () => {
    const hundred = Array.from({ length: 100 }, (_, i) => i + 1)
    expect([0, 0.5, 0.99, 1].map(p => percentile(hundred, p))).toEqual([1, 50, 99, 100])
    expect(percentile([7], 0.99)).toBe(7)
  })

  it('finds the slope of a line with noise around it', () => {
    expect(
      slope([
        [0, 1],
        [1, 3],
        [2, 5],
      ]),
    ).toBeCloseTo(2)
    expect(
      slope([
        [0, 4],
        [1, 6],
        [2, 4],
      ]),
    ).toBeCloseTo(0)
  })

  it('reads processor seconds for any program name', () => {
    const rest = Array.from({ length: 40 }, (_, i) => (i === 11 ? 150 : i === 12 ? 50 : 0)).join(' ')
    expect(cpuOf(`42 (a) b (c d) ${rest}`)).toBe(2)
  })

  it('measures in turn and discards the first round', async () => {
    const order: string[] = []
    let calls = 0
    const contender = (name: string) => async () => {
      order.push(name)
      return { value: ++calls }
    }
    const samples = await alternate({ a: contender('a'), b: contender('b') }, 2)
    expect(order).toEqual(['a', 'b', 'a', 'b', 'a', 'b'])
    expect(samples).toEqual({ a: [{ value: 3 }, { value: 5 }], b: [{ value: 4 }, { value: 6 }] })
  })

  it('compares round by round', () => {
    const ours = [10, 40, 30].map(value => ({ value, cpuMicros: value }))
    const theirs = [10, 10, 10].map(value => ({ value, more: { p99: value * 2 } }))
    const aim = { text: 'twice', isMet: (figures: { compared: number }) => figures.compared >= 2 }
    const made = line({ row: 'r', what: 'w', unit: 'u', ours, others: [['theirs', theirs]], aim })
    expect(made.compared).toEqual({ median: 3, min: 1, max: 4, as: 'ratio' })
    expect(made.aim).toEqual({ text: 'twice', isMet: true })
    expect(made.ours).toMatchObject({ value: { median: 30 }, cpuMicros: 30, rssMb: null })
    const difference = line({ row: 'r', what: 'w', unit: 'ms', ours, others: [['theirs', theirs]], as: 'difference' })
    expect(comparison(difference)).toBe('+20 (0–30) ms')
  })

  it('compares with the median when the sides were not measured in rounds', () => {
    const ours = [2, 4, 6].map(value => ({ value }))
    const made = line({ row: 'r', what: 'w', unit: 'u', ours, others: [['theirs', [{ value: 1 }, { value: 3 }]]] })
    expect(made.compared).toEqual({ median: 2, min: 1, max: 3, as: 'ratio' })
  })

  it('shows as many digits as the precision allows', () => {
    expect([3_214_567, 1234.6, 12.34, 0.834, Number.NaN].map(figure)).toEqual([
      '3,210,000',
      '1,235',
      '12.3',
      '0.83',
      '–',
    ])
    expect(range({ median: 2, min: 2, max: 2 })).toBe('2')
  })
})
