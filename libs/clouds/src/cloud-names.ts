// Clouds that people know by more than one name. Everything that is stored, sent or shown has the id.
const idByName: ReadonlyMap<string, string> = new Map([
  // The cloud was called after its first service; with the proxy door it is all of AWS.
  ['aws', 'ec2'],
]);

/** Gives the id of the cloud that is meant; a name that is not known stays as it is. */
export function cloudIdOf(name: string): string {
  return idByName.get(name) ?? name;
}

/** Every name of the cloud with this id: the id first. */
export function cloudNamesOf(id: string): readonly string[] {
  return [id, ...[...idByName].filter(([, named]) => named === id).map(([name]) => name)];
}
