import { inputType } from '../core/schema-part.ts'

export const ConfigMatch = inputType('ConfigMatch', {
  description: 'A setting that a topic must have.',
  fields: t => ({
    name: t.string({ required: true, description: 'Its name, such as `cleanup.policy`.' }),
    value: t.string({
      description:
        'The value in effect, which can be the default. For a list, the whole list or one of its entries, such as "compact". Omit it to match any value that was set on the topic itself.',
    }),
  }),
})
