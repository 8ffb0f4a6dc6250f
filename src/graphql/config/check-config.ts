import { checkText, shortened } from '../../kafka/text.ts'

/** A config in a request. */
export interface GivenConfig {
  readonly name: string
  readonly value: string | null
}

/** @throws KafkaError INVALID_REQUEST when Kafka cannot store the name or the value. */
export const checkConfig = ({ name, value }: GivenConfig): void => {
  checkText('the name of a config', name)
  checkText(`the value of ${shortened(name)}`, value ?? '')
}
