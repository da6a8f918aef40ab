/**
 * One step of the schema. Statements are plain data: MariaDB and MySQL commit each of them by itself, so a step that
 * dies half-way is run again from its first statement, and every statement must bear that (`create table if not
 * exists`; an `alter table` whose columns or keys are there already counts as done, so one table has one of them in a
 * step). Steps only add: an older process may still run beside a newer one.
 */
export interface Migration {
  /** Sorts by its number: `001-identity`. Never renamed once released. */
  readonly id: string;
  readonly statements: readonly string[];
}
