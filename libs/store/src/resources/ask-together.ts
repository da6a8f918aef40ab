// Many small questions at once become one statement, because most of what a statement costs it costs once, on its way
// through the driver and the server. A question that is alone goes at once; those that come while a statement is under
// way share the next one. Where many came together more are about to, so there the next one waits a moment, which is
// little beside what such a crowd waits anyway. A statement that is slow holds up nobody for long.
//
// Whoever asks gets what was true after he asked: no question joins a statement that has begun.

export interface Together<Key, Answer> {
  /** Undefined where there is no answer. Rejects with what the statement failed with. */
  ask(key: Key): Promise<Answer | undefined>;
}

export interface TogetherOptions<Key, Answer> {
  /** Answers all of them; keys may come twice. */
  readonly load: (keys: readonly Key[]) => Promise<ReadonlyMap<Key, Answer>>;
  readonly keysPerLoad: number;
  /** After so long the next statement begins beside one that has not ended. */
  readonly patienceMs: number;
}

export function askTogether<Key, Answer>(options: TogetherOptions<Key, Answer>): Together<Key, Answer> {
  const { load, keysPerLoad, patienceMs } = options;
  let waiting: Question<Key, Answer>[] = [];
  let isTurnTaken = false;

  function giveTurn(): void {
    isTurnTaken = false;
    takeTurn();
  }

  function takeTurn(): void {
    if (isTurnTaken || waiting.length === 0) return;
    isTurnTaken = true;
    const questions = waiting.slice(0, keysPerLoad);
    waiting = waiting.slice(keysPerLoad);
    let hasEnded = false;
    const endTurn = () => {
      clearTimeout(timer);
      if (hasEnded) return;
      hasEnded = true;
      const pauseMs = pauseAfter(questions.length);
      if (pauseMs > 0) setTimeout(giveTurn, pauseMs);
      else giveTurn();
    };
    const timer = setTimeout(endTurn, patienceMs);
    void answerAll(load, questions).then(endTurn);
  }

  return {
    ask: (key) =>
      new Promise((resolve, reject) => {
        waiting.push({ key, resolve, reject });
        // What else has arrived in this turn of the event loop comes along.
        if (waiting.length === 1 && !isTurnTaken) setImmediate(takeTurn);
      }),
  };
}

/** None for up to three, 3 ms from twelve on. */
function pauseAfter(questions: number): number {
  return Math.min(3, Math.floor(questions / 4));
}

interface Question<Key, Answer> {
  readonly key: Key;
  resolve(answer: Answer | undefined): void;
  reject(err: unknown): void;
}

/** Never rejects: who asked is told. */
async function answerAll<Key, Answer>(
  load: TogetherOptions<Key, Answer>['load'],
  questions: readonly Question<Key, Answer>[],
): Promise<void> {
  try {
    const answers = await load(questions.map(({ key }) => key));
    for (const { key, resolve } of questions) resolve(answers.get(key));
  } catch (err) {
    for (const { reject } of questions) reject(err);
  }
}
