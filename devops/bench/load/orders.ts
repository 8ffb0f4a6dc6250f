const record = (name: string, fields: Readonly<Record<string, unknown>>): object => ({
  type: 'record',
  name,
  fields: Object.entries(fields).map(([field, type]) => ({ name: field, type })),
})

const address = record('Address', { street: 'string', city: 'string', zip: 'string', country: 'string' })
const customer = record('Customer', { id: 'long', name: 'string', email: 'string', address })
const item = record('Item', {
  sku: 'string',
  quantity: 'int',
  price: 'double',
  tags: { type: 'array', items: 'string' },
})

/** The Avro schema of an order: 12 fields, three levels, every kind of type that topics of orders have. */
export const orderSchema = record('Order', {
  orderId: 'string',
  createdAt: 'long',
  amount: 'double',
  currency: 'string',
  customer,
  items: { type: 'array', items: item },
  status: { type: 'enum', name: 'Status', symbols: ['NEW', 'PAID', 'SHIPPED'] },
  note: ['null', 'string'],
  coupon: ['null', 'string'],
  isGift: 'boolean',
  attributes: { type: 'map', values: 'string' },
  version: 'int',
})

/** Numbers that are the same in every run. */
const seeded = (): ((limit: number) => number) => {
  let seed = 7
  return limit => {
    seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff
    return seed % limit
  }
}

/** Orders of about 1 KB as JSON. */
export const makeOrders = (count: number): readonly object[] => {
  const below = seeded()
  const word = (length: number): string => Array.from({ length }, () => String.fromCharCode(97 + below(26))).join('')
  const words = (number: number): string => Array.from({ length: number }, () => word(3 + below(8))).join(' ')
  return Array.from({ length: count }, () => ({
    orderId: `order-${word(16)}`,
    createdAt: 1_764_355_000_000 + below(1e9),
    amount: below(100_000) / 100,
    currency: 'EUR',
    customer: {
      id: below(1e9),
      name: words(2),
      email: `${word(8)}@${word(8)}.com`,
      address: {
        street: `${word(12)} ${below(200)}`,
        city: word(9),
        zip: String(10_000 + below(89_999)),
        country: 'DE',
      },
    },
    items: Array.from({ length: 4 }, () => ({
      sku: `sku-${word(8)}`,
      quantity: 1 + below(9),
      price: below(10_000) / 100,
      tags: [word(6), word(7)],
    })),
    status: 'PAID',
    note: words(30),
    coupon: null,
    isGift: false,
    attributes: { channel: 'web', campaign: word(12), device: word(7) },
    version: 3,
  }))
}
