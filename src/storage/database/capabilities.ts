/**
 * What differs between the databases. Code asks for a capability and never for a database by its name, so that the
 * reason for each fork stands here.
 */
export interface DatabaseCapabilities {
  /** Several gateways may use the ledger at the same time. A SQLite file has one gateway, which holds its lock. */
  readonly isShared: boolean;
  /**
   * A write that fails has not been committed. SQLite commits within this process, so only a failing disk can make that
   * untrue. PostgreSQL may have committed what the gateway sees fail: the connection can die between the commit and its
   * confirmation.
   */
  readonly hasCertainCommits: boolean;
  /**
   * A row that is read in order to be changed must be locked, since other transactions run at the same time. SQLite
   * runs one writing transaction at a time and has no `for update`.
   */
  readonly needsRowLocks: boolean;
  /** An integer primary key is filled in by the database. PostgreSQL wants an identity column for that. */
  readonly numbersRowsItself: boolean;
  /** A table can be stored in the order of its primary key (`without rowid`), which saves an index beside it. */
  readonly storesRowsByKey: boolean;
}
