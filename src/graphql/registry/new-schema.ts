import type { NewSchema, SchemaType } from '../../kafka/schemas.ts'
import type { ArgumentBuilder } from '../core/builder.ts'
import { badInput, checkTextArgument } from '../core/errors/failures.ts'
import { inputType } from '../core/schema-part.ts'
import { SchemaTypeEnum } from './registry-enums.ts'

/** References of one schema. The largest .proto trees import a few hundred files. */
const MAX_REFERENCES = 1000

export const SchemaReferenceInput = inputType('SchemaReferenceInput', {
  description: 'A schema that the text of another one uses. It must be registered before.',
  fields: t => ({
    name: t.string({
      required: true,
      description:
        'The name that the text uses: the full name of an Avro record, the path in a Protobuf import, the URI in a JSON Schema `$ref`.',
    }),
    subject: t.string({ required: true, description: 'The subject of the used schema.' }),
    version: t.int({ required: true, description: 'Its version in that subject.' }),
  }),
})

/** The arguments that describe a schema which is not registered yet. */
export const newSchemaArguments = (arg: ArgumentBuilder) => ({
  subject: arg.string({
    required: true,
    description: 'The subject, such as `orders-value` for the values of the topic `orders`.',
  }),
  schemaType: arg({
    type: SchemaTypeEnum,
    defaultValue: 'AVRO',
    description: 'The language of the text.',
  }),
  schema: arg.string({ required: true, description: 'The text of the schema.' }),
  references: arg({
    type: [SchemaReferenceInput],
    description: 'The registered schemas that the text uses. Default: none.',
  }),
})

interface NewSchemaArguments {
  readonly schemaType?: SchemaType | null | undefined
  readonly schema: string
  readonly references?: NewSchema['references'] | null | undefined
}

/** @throws GraphQLError for a name that no subject can have. */
export const checkSubject = (argument: string, name: string): void => {
  if (name === '') throw badInput(argument, 'is empty: give the name of a subject, such as orders-value.')
  checkTextArgument(argument, name)
}

/** The schema that these arguments describe. @throws GraphQLError that names a wrong argument. */
export const newSchemaOf = ({ schemaType, schema, references }: NewSchemaArguments): NewSchema => {
  if (schema.trim() === '') throw badInput('schema', 'is empty: give the text of a schema.')
  const given = references ?? []
  if (given.length > MAX_REFERENCES)
    throw badInput('references', `takes at most ${MAX_REFERENCES} items, this request has ${given.length}.`)
  for (const [index, { subject }] of given.entries()) checkSubject(`references[${index}].subject`, subject)
  return { schemaType: schemaType ?? 'AVRO', schema, references: given }
}
