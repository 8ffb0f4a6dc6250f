/** Time limits and cache times of the catalog, ms. */
export interface CatalogLimits {
  /** For a whole call, including retries. */
  readonly deadlineMs: number
  /** How long a request waits for a partition without a leader. */
  readonly leaderWaitMs: number
  /** Maximum age of a cached cluster or topic description. */
  readonly metadataCacheMs: number
  /** Maximum age of a resource's cached configs. */
  readonly configsCacheMs: number
}
