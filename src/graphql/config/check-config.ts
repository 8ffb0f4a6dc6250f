import { checkText, shortened } from '../../kafka/text.ts'

/** A config as requests give it. */
export interface GivenConfig {
  readonly name: string
  readonly value: string | null
}

/** @throws KafkaError INVALID_REQUEST when Kafka cannot keep the name or the value. */
export const checkConfig = ({ name, value }: GivenConfig): void => {
  checkText('the name of a config', name)
  checkText(`the value of ${shortened(name)}`, value ?? '')
}
