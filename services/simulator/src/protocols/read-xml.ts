// The little XML that clients send: elements and text. Attributes and comments are passed over; there are no
// doctypes, so nothing can be defined or fetched. Of elements of one name the last counts.
import { AwsError } from '../aws-error.ts';

export type XmlContent = string | { readonly [element: string]: XmlContent };

interface OpenElement {
  readonly name: string;
  text: string;
  readonly children: [name: string, content: XmlContent][];
}

const token = /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<(\/?)([\w:.-]+)[^<>]*?(\/?)>|([^<]+)/y;
const depthMax = 20;

/** Gives the content of the root element: its text, or its children by name. Throws MalformedXML. */
export function readXml(xml: string): XmlContent {
  const open: OpenElement[] = [{ name: '', text: '', children: [] }];
  for (token.lastIndex = 0; token.lastIndex < xml.length; ) {
    const match = token.exec(xml);
    if (!match) throw malformed();
    const [, closing, name, selfClosing, text] = match;
    const parent = open.at(-1);
    if (!parent || open.length > depthMax) throw malformed();
    if (text !== undefined) parent.text += withoutEntities(text);
    else if (name !== undefined && closing === '/') close(open, name);
    else if (name !== undefined) {
      open.push({ name, text: '', children: [] });
      if (selfClosing === '/') close(open, name);
    }
  }
  const [document] = open;
  const [root, second] = document?.children ?? [];
  if (open.length !== 1 || !root || second) throw malformed();
  return root[1];
}

function close(open: OpenElement[], name: string): void {
  const element = open.pop();
  const parent = open.at(-1);
  if (!element || !parent || element.name !== name) throw malformed();
  const content = element.children.length > 0 ? Object.fromEntries(element.children) : element.text;
  parent.children.push([name, content]);
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function withoutEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(\w+));/g, (all, decimal, hex, name) => {
    if (name !== undefined) return entities[String(name)] ?? String(all);
    const codePoint = decimal === undefined ? Number.parseInt(String(hex), 16) : Number(decimal);
    return codePoint <= 0x10ffff ? String.fromCodePoint(codePoint) : String(all);
  });
}

function malformed(): AwsError {
  return new AwsError('MalformedXML', 'The XML you provided was not well-formed.');
}
