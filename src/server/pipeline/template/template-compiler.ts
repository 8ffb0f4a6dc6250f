import {
  type FieldNode,
  type GraphQLField,
  GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  GraphQLUnionType,
  isLeafType,
  isListType,
  isNonNullType,
  Kind,
  type SelectionNode,
  TypeNameMetaFieldDef,
} from 'graphql'
import type { Arguments, Member, Run, Step } from './value-steps.ts'
import { giveUp, leafStep, listStep, nullable, objectStep, required, settled } from './value-steps.ts'

/** A field whose resolver needs no more than these, and returns no promise. */
interface PlainField {
  readonly resolve: (source: unknown, args: Arguments, context: unknown) => unknown
}

interface PlainUnion {
  readonly resolveType: (value: unknown, context: unknown) => unknown
}

/** An argument of a field, and the hole of the normal form with its value. */
export interface FilledArgument {
  readonly argument: string
  readonly hole: string
}

type Field = GraphQLField<unknown, unknown>

const isPlainField = (field: Field): field is Field & PlainField =>
  (field.extensions.bytes === 'plain' || field.extensions.bytes === 'soon') && field.resolve !== undefined

const isPlainUnion = (type: GraphQLUnionType): type is GraphQLUnionType & PlainUnion =>
  type.extensions.bytes === 'plain' && type.resolveType != null

const NO_ARGUMENTS: Arguments = Object.freeze({})

const filledBy = ({ arguments: given = [] }: FieldNode): readonly FilledArgument[] =>
  given.flatMap(({ name, value }) =>
    value.kind === Kind.VARIABLE ? [{ argument: name.value, hole: value.name.value }] : [],
  )

const selectionsOf = ({ selectionSet }: FieldNode): readonly SelectionNode[] => selectionSet?.selections ?? []

/** Compiles the selections of one normal form. Each method returns null for what a template cannot write. */
export class TemplateCompiler {
  /** The arguments of each field that takes some, in the order of `Run.args`. */
  readonly filled: (readonly FilledArgument[])[] = []
  readonly #schema: GraphQLSchema

  constructor(schema: GraphQLSchema) {
    this.#schema = schema
  }

  /** Writes an object of a type: the fields that are selected of it. */
  object(type: GraphQLObjectType, selections: readonly SelectionNode[]): Step | null {
    const members: Member[] = []
    let before = '{'
    for (const [index, node] of selections.entries()) {
      if (node.kind !== Kind.FIELD) return null
      before += `${index === 0 ? '' : ','}"${node.alias?.value ?? node.name.value}":`
      if (node.name.value === TypeNameMetaFieldDef.name) {
        before += `"${type.name}"`
        continue
      }
      const step = this.#field(type, node)
      if (step === null) return null
      members.push({ before: Buffer.from(before), step })
      before = ''
    }
    return objectStep(members, Buffer.from(`${before}}`))
  }

  #field(type: GraphQLObjectType, node: FieldNode): Step | null {
    const field = type.getFields()[node.name.value]
    const write = field?.extensions.bytes
    if (typeof write === 'function') return (source, { to, context }) => write(source, to, context)
    if (field === undefined || !isPlainField(field)) return null
    const value = this.#value(field.type, node)
    if (value === null) return null
    const step = write === 'soon' ? settled(value) : value
    const filled = filledBy(node)
    if (filled.length === 0) return (source, run) => step(field.resolve(source, NO_ARGUMENTS, run.context), run)
    const place = this.filled.push(filled) - 1
    return (source, run) => step(field.resolve(source, run.args[place] ?? NO_ARGUMENTS, run.context), run)
  }

  #value(type: GraphQLOutputType, node: FieldNode): Step | null {
    const step = this.#present(isNonNullType(type) ? type.ofType : type, node)
    if (step === null) return null
    return isNonNullType(type) ? required(step) : nullable(step)
  }

  #present(type: GraphQLOutputType, node: FieldNode): Step | null {
    if (isLeafType(type)) return leafStep(type)
    if (isListType(type)) {
      const item = this.#value(type.ofType, node)
      return item === null ? null : listStep(item)
    }
    if (type instanceof GraphQLObjectType) return this.object(type, selectionsOf(node))
    return type instanceof GraphQLUnionType && isPlainUnion(type) ? this.#union(type, node) : null
  }

  /** Events of a type that a template cannot write go the ordinary way; the others do not. */
  #union(type: GraphQLUnionType & PlainUnion, node: FieldNode): Step | null {
    const steps = new Map<unknown, Step>()
    for (const possible of this.#schema.getPossibleTypes(type)) {
      const step = this.object(possible, this.#selectionsOn(possible, node))
      if (step !== null) steps.set(possible.name, step)
    }
    if (steps.size === 0) return null
    return (value: unknown, run: Run) => {
      const step = steps.get(type.resolveType(value, run.context)) ?? giveUp()
      step(value, run)
    }
  }

  /** In a normal form all possible types select the same fields, or each type has a fragment of its own. */
  #selectionsOn(type: GraphQLObjectType, node: FieldNode): readonly SelectionNode[] {
    return selectionsOf(node).flatMap(selection => {
      if (selection.kind !== Kind.INLINE_FRAGMENT) return [selection]
      return selection.typeCondition?.name.value === type.name ? selection.selectionSet.selections : []
    })
  }
}
