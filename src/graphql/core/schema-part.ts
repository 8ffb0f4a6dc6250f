import {
  type ConfigurableRef,
  EnumRef,
  type EnumTypeOptions,
  type EnumValues,
  type InputFieldMap,
  InputObjectRef,
  type InputShapeFromFields,
  type InterfaceFieldThunk,
  type InterfaceParam,
  InterfaceRef,
  type InterfaceTypeOptions,
  type MutationFieldThunk,
  type ObjectFieldsShape,
  type ObjectFieldThunk,
  type ObjectParam,
  ObjectRef,
  type ObjectTypeOptions,
  type OneOfInputShapeFromFields,
  type ParentShape,
  type QueryFieldThunk,
  type ShapeFromEnumValues,
  type SubscriptionFieldThunk,
  UnionRef,
} from '@pothos/core'
import type { GraphQLInterfaceTypeExtensions, GraphQLObjectTypeExtensions } from 'graphql'
import type { Builder, SchemaTypes } from './builder.ts'

/** A part of the schema: a type, or fields of a type. It is a constant that any number of schemas can contain. */
export interface SchemaPart {
  readonly addTo: (builder: Builder) => void
}

/** The parts of one folder. */
export interface FolderParts {
  /** Queries and subscriptions with their types. */
  readonly reads: readonly SchemaPart[]
  /** Mutations, and the types that only they use. */
  readonly writes?: readonly SchemaPart[]
}

/** Several parts as one. */
export const parts = (...all: readonly SchemaPart[]): SchemaPart => ({
  addTo: builder => {
    for (const part of all) part.addTo(builder)
  },
})

/**
 * Turns a ref into a part. The ref itself is never implemented: Pothos would keep the config and the fields of one schema on it.
 * Each builder implements a ref of its own with the same name, and maps the constant ref to it. The constant ref is frozen, so
 * that Pothos throws when somebody implements it by mistake.
 */
const typePart = <Ref extends ConfigurableRef<SchemaTypes> & { readonly name: string }>(
  ref: Ref,
  implement: (builder: Builder) => unknown,
): Ref & SchemaPart => {
  const addTo = (builder: Builder): void => {
    implement(builder)
    builder.configStore.associateParamWithRef(ref, ref.name)
  }
  const part = Object.assign(ref, { addTo })
  Object.freeze(part)
  return part
}

// Pothos accepts any record as the extensions of a type.
interface ObjectExtensions {
  readonly extensions?: GraphQLObjectTypeExtensions
}

interface InterfaceExtensions {
  readonly extensions?: GraphQLInterfaceTypeExtensions
}

/** An object type whose values are `T`. Adding it also adds the parts in `needed`. */
export const objectRef = <T>(name: string) => ({
  implement: <const Interfaces extends InterfaceParam<SchemaTypes>[]>(
    options: Omit<ObjectTypeOptions<SchemaTypes, ObjectRef<SchemaTypes, T>, T, Interfaces>, 'name'> & ObjectExtensions,
    ...needed: readonly SchemaPart[]
  ) =>
    typePart(new ObjectRef<SchemaTypes, T>(name), builder => {
      parts(...needed).addTo(builder)
      return builder.objectRef<T>(name).implement(options)
    }),
})

/** An interface whose values are `T`. */
export const interfaceRef = <T>(name: string) => ({
  implement: <const Interfaces extends InterfaceParam<SchemaTypes>[]>(
    options: InterfaceTypeOptions<SchemaTypes, InterfaceRef<SchemaTypes, T>, T, Interfaces> & InterfaceExtensions,
  ) => typePart(new InterfaceRef<SchemaTypes, T>(name), builder => builder.interfaceRef<T>(name).implement(options)),
})

/** A union of object types. */
export const unionType = <Member extends ObjectParam<SchemaTypes>>(
  name: string,
  options: PothosSchemaTypes.UnionTypeOptions<SchemaTypes, Member>,
) =>
  typePart(new UnionRef<SchemaTypes, ParentShape<SchemaTypes, Member>>(name), builder =>
    builder.unionType(name, options),
  )

/** An enum. */
export const enumType = <const Values extends EnumValues<SchemaTypes>>(
  name: string,
  options: EnumTypeOptions<SchemaTypes, string, Values>,
) =>
  typePart(new EnumRef<SchemaTypes, ShapeFromEnumValues<SchemaTypes, Values>>(name), builder =>
    builder.enumType(name, options),
  )

type InputShape<Fields extends InputFieldMap, IsOneOf> = [IsOneOf] extends [true]
  ? OneOfInputShapeFromFields<Fields>
  : InputShapeFromFields<Fields>

/** An input object. */
export const inputType = <Fields extends InputFieldMap, IsOneOf extends boolean = boolean>(
  name: string,
  options: PothosSchemaTypes.InputObjectTypeOptions<SchemaTypes, Fields> & { isOneOf?: IsOneOf },
) =>
  typePart(new InputObjectRef<SchemaTypes, InputShape<Fields, IsOneOf>>(name), builder =>
    builder.inputType(name, options),
  )

/** A field of Query. */
export const queryField = (name: string, field: QueryFieldThunk<SchemaTypes>): SchemaPart => ({
  addTo: builder => builder.queryField(name, field),
})

/** A field of Mutation. */
export const mutationField = (name: string, field: MutationFieldThunk<SchemaTypes>): SchemaPart => ({
  addTo: builder => builder.mutationField(name, field),
})

/** A field of Subscription. */
export const subscriptionField = (name: string, field: SubscriptionFieldThunk<SchemaTypes>): SchemaPart => ({
  addTo: builder => builder.subscriptionField(name, field),
})

/** A field of an object type. */
export const objectField = <Type extends ObjectParam<SchemaTypes>>(
  type: Type,
  name: string,
  field: ObjectFieldThunk<SchemaTypes, ParentShape<SchemaTypes, Type>>,
): SchemaPart => ({ addTo: builder => builder.objectField(type, name, field) })

/** Several fields of an object type. */
export const objectFields = <Type extends ObjectParam<SchemaTypes>>(
  type: Type,
  fields: ObjectFieldsShape<SchemaTypes, ParentShape<SchemaTypes, Type>>,
): SchemaPart => ({ addTo: builder => builder.objectFields(type, fields) })

/** A field of an interface and of all types that have it. */
export const interfaceField = <Type extends InterfaceParam<SchemaTypes>>(
  type: Type,
  name: string,
  field: InterfaceFieldThunk<SchemaTypes, ParentShape<SchemaTypes, Type>>,
): SchemaPart => ({ addTo: builder => builder.interfaceField(type, name, field) })
