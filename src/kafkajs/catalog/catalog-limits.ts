/** Time limits and cache times of the catalog, ms. */
export interface CatalogLimits {
  /** For a whole call, however often it is attempted. */
  readonly deadlineMs: number
  /** How long an offset waits for a partition that has no leader just now. */
  readonly leaderWaitMs: number
  /** How old a description of the cluster or of a topic may be. */
  readonly metadataCacheMs: number
  /** How old a resource's configs may be. */
  readonly configsCacheMs: number
}
