import type { ConfigResource, ConfigSource } from './cluster.ts'

/** The source under which configs set on this resource itself are reported. */
export const ownConfigSource = ({ type, name }: ConfigResource): ConfigSource => {
  switch (type) {
    case 'TOPIC':
      return 'DYNAMIC_TOPIC_CONFIG'
    case 'BROKER':
      return name === '' ? 'DYNAMIC_DEFAULT_BROKER_CONFIG' : 'DYNAMIC_BROKER_CONFIG'
    case 'BROKER_LOGGER':
      return 'DYNAMIC_BROKER_LOGGER_CONFIG'
    case 'CLIENT_METRICS':
      return 'DYNAMIC_CLIENT_METRICS_CONFIG'
    case 'GROUP':
      return 'DYNAMIC_GROUP_CONFIG'
  }
}
