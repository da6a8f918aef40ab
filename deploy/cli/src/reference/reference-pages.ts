import { configPage } from './config-page.ts';
import { errorsPage } from './errors-page.ts';
import { eventFiles } from './event-files.ts';
import { routesPage } from './routes-page.ts';

/** What is written from the code, so that it cannot be out of date: the text of each file of docs/. */
export function referencePages(): ReadonlyMap<string, string> {
  return new Map([
    ['errors.md', errorsPage()],
    ['config.md', configPage()],
    ['routes.md', routesPage()],
    ...eventFiles(),
  ]);
}
