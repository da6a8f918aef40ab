/**
 * One step of the schema. Statements are plain data: MariaDB and MySQL commit each of them by itself, so a step that
 * dies half-way is run again from its first statement, and every statement must bear that (`create table if not
 * exists`; an `alter table` whose columns or keys are there already counts as done, so one table has one of them in a
 * step). Steps only add: an older process may still run beside a newer one.
 */
export interface Migration {
  /** Sorts by its number: `001-identity`. Never renamed once released. */
  readonly id: string;
  readonly statements: readonly (string | PiecewiseStatement)[];
}

/**
 * Changes many rows of a table that has a numeric `id`, some thousand at a time, so that nobody waits long for their
 * locks. Rows that come while it runs may be left out.
 */
export interface PiecewiseStatement {
  readonly table: string;
  /** With `:first` and `:last`, the ids of a piece. */
  readonly sql: string;
}
