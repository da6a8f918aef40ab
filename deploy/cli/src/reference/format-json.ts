const widthMax = 110;

/** JSON in the form that the formatter leaves as it is: objects line by line, a list in one line where it fits. */
export function formatJson(value: unknown): string {
  return `${format(value, { indent: '', used: 0 })}\n`;
}

interface Place {
  readonly indent: string;
  /** Columns that are taken beside the value in its line: the name before it, the comma behind it. */
  readonly used: number;
}

function format(value: unknown, place: Place): string {
  if (Array.isArray(value)) return formatList(value, place);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const indent = `${place.indent}  `;
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  const lines = fields.map(([name, field], i) => {
    const key = `${JSON.stringify(name)}: `;
    const comma = i < fields.length - 1 ? ',' : '';
    return `${indent}${key}${format(field, { indent, used: key.length + comma.length })}${comma}`;
  });
  return lines.length === 0 ? '{}' : `{\n${lines.join('\n')}\n${place.indent}}`;
}

function formatList(items: readonly unknown[], place: Place): string {
  const indent = `${place.indent}  `;
  const formatted = items.map((item) => format(item, { indent, used: ','.length }));
  const line = `[${formatted.join(', ')}]`;
  const fits = !line.includes('\n') && place.indent.length + place.used + line.length <= widthMax;
  return fits ? line : `[\n${formatted.map((item) => `${indent}${item}`).join(',\n')}\n${place.indent}]`;
}
