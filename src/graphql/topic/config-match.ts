import { inputType } from '../schema-part.ts'

/** A setting to look for. */
export const ConfigMatch = inputType('ConfigMatch', {
  description: 'A setting to look for.',
  fields: t => ({
    name: t.string({ required: true, description: 'Its name, such as `cleanup.policy`.' }),
    value: t.string({
      description:
        'The value that holds, the default included; of a list the whole or one of its entries, such as "compact". Left out: any value that was set on the topic itself.',
    }),
  }),
})
