import { createHash } from 'node:crypto'
import {
  type ArgumentNode,
  type FieldNode,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLSchema,
  print,
  SchemaMetaFieldDef,
  type SelectionSetNode,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
} from 'graphql'
import { type Shape, shapeOf } from './shape.ts'

type Field = GraphQLField<unknown, unknown>

/** How the executor resolves one response key of a selection. */
export interface FieldPlan {
  /** Counts the fields of an operation. */
  readonly id: number
  readonly responseKey: string
  /** Index of its value among the values of its object. */
  readonly slot: number
  readonly definition: Field
  readonly parentType: GraphQLObjectType
  readonly nodes: readonly FieldNode[]
  /** Its own nodes and those of its twins, so that a resolver's look-ahead sees all selections. */
  readonly nodesOfAll: readonly FieldNode[]
  readonly selectionSets: readonly SelectionSetNode[]
  readonly shape: Shape
  /** Undefined for the default resolver. */
  readonly resolve: GraphQLFieldResolver<unknown, unknown> | undefined
  /** Twins: fields of the same selection with an equal question under other keys. One call of the resolver serves all. */
  readonly twins: readonly Twin[]
  /** A key of field and arguments if an equal question may occur elsewhere, otherwise null. */
  readonly question: string | null
  /** True if its selection may be executed more than once for the same object. */
  readonly isRepeated: boolean
  /** Work of one call, in steps; see Work. */
  readonly steps: number
}

/** A field whose question equals that of an earlier field of its selection. */
export interface Twin {
  readonly plan: FieldPlan
  /** Index in the group of the field whose completed value this one shares (the first is 0); null if it selects something else. */
  readonly sharesWith: number | null
}

/** The selected fields of one object type at one place of a document. */
export interface Selection {
  readonly responseKeys: readonly string[]
  /** Each response key as JSON, with its colon. */
  readonly keys: readonly string[]
  /** Twins are reached through the first of their kind. */
  readonly fields: readonly FieldPlan[]
  /** Bytes that each object adds to the answer, without its values. */
  readonly bytes: number
}

/** The context of planning a selection. */
export interface PlanScope {
  readonly schema: GraphQLSchema
  readonly type: GraphQLObjectType
  /** False for the fields of a mutation: each is carried out, even if two are equal. */
  readonly findsTwins: boolean
  /** True if the same object may also be resolved elsewhere. */
  readonly isRepeated: boolean
  readonly nextId: () => number
}

/** Steps of calling a resolver; reading a property is one step. */
const CALL = 16
/** Steps of a resolver that may scan all topics or groups. The clock is checked after each call. */
const LARGE_CALL = 64

const definitionOf = (name: string, { schema, type }: PlanScope): Field | undefined => {
  if (name === TypeNameMetaFieldDef.name) return TypeNameMetaFieldDef
  if (type !== schema.getQueryType()) return type.getFields()[name]
  if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef
  return name === TypeMetaFieldDef.name ? TypeMetaFieldDef : type.getFields()[name]
}

const argumentText = ({
  arguments: given = [],
}: {
  readonly arguments?: readonly ArgumentNode[] | undefined
}): string =>
  given
    .map(node => print(node))
    .sort()
    .join(',')

/** Longer texts are replaced by their digest: plans are cached, and a literal may be as long as a request. */
const LONG_TEXT = 200

const shortened = (text: string): string =>
  text.length <= LONG_TEXT ? text : `#${createHash('sha256').update(text).digest('base64')}`

const questionOf = (node: FieldNode): string => `${node.name.value}(${shortened(argumentText(node))})`

const stepsOf = (definition: Field, { schema, type }: PlanScope): number => {
  if (definition.resolve === undefined) return 1
  return definition.args.length > 0 || type === schema.getQueryType() ? LARGE_CALL : CALL
}

const textOf = (sets: readonly SelectionSetNode[]): string => shortened(sets.map(set => print(set)).join('\n'))

type Draft = Omit<FieldPlan, 'twins' | 'isRepeated' | 'nodesOfAll'>

const draft = (responseKey: string, nodes: readonly FieldNode[], slot: number, scope: PlanScope): Draft | null => {
  const [node] = nodes
  if (node === undefined) return null
  const definition = definitionOf(node.name.value, scope)
  if (definition === undefined) return null
  return {
    id: scope.nextId(),
    responseKey,
    slot,
    definition,
    parentType: scope.type,
    nodes,
    selectionSets: nodes.flatMap(({ selectionSet }) => selectionSet ?? []),
    shape: shapeOf(definition.type),
    resolve: definition.resolve,
    question: scope.isRepeated && !scope.type.name.startsWith('__') ? `${scope.type.name}.${questionOf(node)}` : null,
    steps: stepsOf(definition, scope),
  }
}

const isLeaf = (shape: Shape): boolean => shape.kind === 'leaf'

const joined = (group: readonly Draft[]): FieldPlan[] => {
  const [first, ...others] = group
  if (first === undefined) return []
  if (others.length === 0) return [{ ...first, nodesOfAll: first.nodes, twins: [], isRepeated: false }]
  const nodesOfAll = group.flatMap(({ nodes }) => nodes)
  const members = new Map<string, number>()
  const whole = (plan: Draft): FieldPlan => ({ ...plan, nodesOfAll, twins: [], isRepeated: true })
  const twins: Twin[] = []
  for (const [index, plan] of group.entries()) {
    const text = isLeaf(plan.shape) ? '' : textOf(plan.selectionSets)
    const sharesWith = members.get(text) ?? null
    if (sharesWith === null) members.set(text, index)
    if (index > 0) twins.push({ plan: whole(plan), sharesWith: isLeaf(plan.shape) ? null : sharesWith })
  }
  return [{ ...whole(first), twins }]
}

/** Groups fields by their questions. A field whose name occurs once has a question of its own. */
const grouped = (drafts: readonly Draft[]): readonly (readonly Draft[])[] => {
  const names = new Map<string, number>()
  for (const { definition } of drafts) names.set(definition.name, (names.get(definition.name) ?? 0) + 1)
  const groups = new Map<string, Draft[]>()
  for (const plan of drafts) {
    const [node] = plan.nodes
    const isAlone = node === undefined || names.get(plan.definition.name) === 1
    const question = isAlone ? plan.definition.name : questionOf(node)
    const group = groups.get(question)
    if (group === undefined) groups.set(question, [plan])
    else group.push(plan)
  }
  return [...groups.values()]
}

/** Plans the fields of a selection. */
export const planSelection = (collected: ReadonlyMap<string, readonly FieldNode[]>, scope: PlanScope): Selection => {
  const keys: string[] = []
  const drafts: Draft[] = []
  let bytes = 2
  for (const [responseKey, nodes] of collected) {
    const plan = draft(responseKey, nodes, drafts.length, scope)
    if (plan === null) continue
    drafts.push(plan)
    keys.push(`${JSON.stringify(responseKey)}:`)
    bytes += responseKey.length + 4
  }
  const groups = scope.findsTwins ? grouped(drafts) : drafts.map(plan => [plan])
  const responseKeys = drafts.map(({ responseKey }) => responseKey)
  return { responseKeys, keys, fields: groups.flatMap(joined), bytes }
}
