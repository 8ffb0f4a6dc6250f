/** Why the local Kafka could not be started or kept running. */
export type LocalKafkaProblemReason =
  | 'JAVA_MISSING'
  | 'JAVA_TOO_OLD'
  | 'JAVA_FAILED'
  | 'MAVEN_MISSING'
  | 'MAVEN_FAILED'
  | 'KAFKA_HOME_INVALID'
  | 'FOLDER_IN_USE'
  | 'FOLDER_UNUSABLE'
  | 'PORT_TAKEN'
  | 'DISK_FULL'
  | 'TOO_FEW_RESOURCES'
  | 'FORMAT_FAILED'
  | 'KAFKA_EXITED'
  | 'NOT_READY'
  | 'UNKNOWN_NODE'
  | 'CLOSED'

/** The options of a person without Java or Maven. */
export const alternatives = [
  'You have three options:',
  '  1. install them: Java 17 or newer and Maven (Debian and Ubuntu: apt install openjdk-17-jre-headless maven; macOS: brew install openjdk maven), or set KAFKA_HOME to an unpacked Kafka instead of installing Maven;',
  '  2. use a Kafka that runs already: KAFKA_BROKERS=host:9092;',
  '  3. use Docker: docker compose -f devops/docker-compose-local.yml up',
].join('\n')

/** A failure of the local Kafka whose message is written for the person who started it. */
export class LocalKafkaProblem extends Error {
  override readonly name = 'LocalKafkaProblem'
  readonly reason: LocalKafkaProblemReason

  constructor(reason: LocalKafkaProblemReason, message: string, options?: ErrorOptions) {
    super(message, options)
    this.reason = reason
  }
}
