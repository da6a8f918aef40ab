// Values of options. Each throws an error whose message is for the person who typed it; `name` is that of the option.

export function atLeastOne(name: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1) return value;
  throw new Error(`${name}: ${JSON.stringify(text)} is not a whole number from 1`);
}

/** Words with commas between them. */
export function someOf<Word extends string>(name: string, known: readonly Word[], text: string): Word[] {
  return text.split(',').map((word) => {
    const found = known.find((one) => one === word);
    if (found !== undefined) return found;
    throw new Error(`${name}: ${JSON.stringify(word)} is none of ${known.join(', ')}`);
  });
}
