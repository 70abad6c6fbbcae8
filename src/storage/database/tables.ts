/**
 * The ledger's tables as Kysely sees them, the same on SQLite and PostgreSQL. Instants are milliseconds since 1970 in a
 * bigint, decimals and JSON are text, flags are 0 or 1.
 */
import type { Generated, Kysely, Selectable } from 'kysely';

export interface PlacementsTable {
  seq: Generated<number>;
  id: string;
  caller: string;
  idempotency_key: string;
  fingerprint: string;
  reference: string | null;
  panel: string;
  panel_host: string;
  panel_dialect: string;
  service_number: string;
  details: string;
  state: string;
  /** A copy of the order's status, so that an index can serve a filter by it; '' where there is no order. */
  order_status: string;
  is_retryable: number;
  settled_by: string | null;
  order_number: string | null;
  estimated_amount: string | null;
  estimated_currency: string | null;
  max_charge_amount: string | null;
  max_charge_currency: string | null;
  error_code: string | null;
  error_message: string | null;
  panel_message: string | null;
  retry_after_ms: number | null;
  owner: string;
  attempt: number;
  created_at: number;
  sent_at: number | null;
  settled_at: number | null;
  /** What the balance says of the order, as JSON. */
  balance_evidence: string | null;
  /** 1 where the panel refused in words that the gateway does not know. */
  is_unrecognised: number;
  /** Digest of the panel's account, and the turn there; both null where the ledger is not shared. */
  account: string | null;
  turn: number | null;
}

export interface OrdersTable {
  panel: string;
  number: string;
  caller: string;
  placement_id: string | null;
  status: string;
  status_text: string;
  charge_amount: string | null;
  charge_currency: string | null;
  start_count: number | null;
  remains: number | null;
  child_numbers: string;
  checked_at: number;
  version: number;
  change_seq: number;
  is_final: number;
  next_check_at: number | null;
  watched_until: number | null;
  tracked_since: number;
}

interface RefillsTable {
  panel: string;
  number: string;
  order_number: string;
  caller: string;
  status: string;
  status_text: string;
  checked_at: number;
  is_final: number;
  next_check_at: number | null;
  created_at: number;
}

interface OrderRequestsTable {
  id: string;
  kind: string;
  panel: string;
  order_number: string;
  caller: string;
  requested_at: number;
  outcome: string | null;
  code: string | null;
  panel_message: string | null;
  refill_number: string | null;
  answered_at: number | null;
}

interface LeasesTable {
  name: string;
  owner: string;
  expires_at: number;
}

/** Counters whose numbers rise in the order of commits, since the row stays locked until the transaction ends. */
interface CountersTable {
  name: string;
  value: number;
}

/** The latest turn at each account. Taking the next one locks the row. */
interface AddTurnsTable {
  account: string;
  turn: number;
}

export interface LedgerTables {
  placements: PlacementsTable;
  orders: OrdersTable;
  refills: RefillsTable;
  order_requests: OrderRequestsTable;
  leases: LeasesTable;
  counters: CountersTable;
  add_turns: AddTurnsTable;
}

export type LedgerDatabase = Kysely<LedgerTables>;
export type PlacementRow = Selectable<PlacementsTable>;
export type OrderRow = Selectable<OrdersTable>;
export type RefillRow = Selectable<RefillsTable>;
