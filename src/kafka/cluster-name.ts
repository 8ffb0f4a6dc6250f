/** The cluster's name in a program that uses one cluster and does not name it. */
export const DEFAULT_CLUSTER = 'default'
