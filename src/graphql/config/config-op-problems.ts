import { KafkaError } from '../../kafka/errors/kafka-error.ts'
import type { AlterConfigOp } from '../../kafka/ports/config-admin.ts'
import { shortened } from '../../kafka/text.ts'
import type { FailureShape } from '../core/outcomes/mutation-failure.ts'
import { refuseDuplicates } from '../core/outcomes/outcomes.ts'
import { checkConfig } from './check-config.ts'

const failure = (error: KafkaError, index: number): FailureShape => ({ error, path: ['ops', String(index)] })

/** Checks ops before the Kafka request; returns each bad op with its index. One bad op stops them all. */
export const opProblems = (ops: readonly AlterConfigOp[]): readonly FailureShape[] => {
  const check = refuseDuplicates(ops.map(({ name }) => name))
  return ops.flatMap(({ op, name, value }, index) => {
    if (op !== 'DELETE' && value === null) {
      return [failure(new KafkaError('INVALID_REQUEST', `${op} of ${shortened(name)} needs a value.`), index)]
    }
    try {
      checkConfig({ name, value })
      check(name)
      return []
    } catch (thrown) {
      if (thrown instanceof KafkaError) return [failure(thrown, index)]
      throw thrown
    }
  })
}

/** Kafka returns one error for the whole resource. Its message names the config at fault. */
export const withOp = (error: KafkaError, ops: readonly AlterConfigOp[]): FailureShape => {
  const words: readonly string[] = error.message.match(/[\w.-]*\w/g) ?? []
  const named = [...ops.keys()].filter(index => words.includes(ops[index]?.name ?? ''))
  const [index] = named
  if (index !== undefined && named.length === 1) return failure(error, index)
  return { error, path: error.code === 'UNKNOWN_TOPIC_OR_PARTITION' ? ['resource'] : null }
}
