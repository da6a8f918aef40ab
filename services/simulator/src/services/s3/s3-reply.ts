// Answers as S3 writes them.
import type { Reply } from '../../protocols/reply.ts';
import { writeElement, type XmlObject, xmlDeclaration } from '../../xml.ts';

/** Where S3 puts the ids of a request. */
export function s3Headers(requestId: string): Record<string, string> {
  return { server: 'AmazonS3', 'x-amz-request-id': requestId, 'x-amz-id-2': requestId };
}

const namespace = 'http://s3.amazonaws.com/doc/2006-03-01/';

export function xmlReply(root: string, content: XmlObject | string, { status = 200 } = {}): Reply {
  const text = writeElement(root, content, 'member');
  // Of all documents of S3 the error alone has no namespace.
  const named = root === 'Error' ? text : text.replace(`<${root}`, `<${root} xmlns="${namespace}"`);
  return { status, contentType: 'application/xml', body: xmlDeclaration + named };
}

export function emptyReply(status: number, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status, headers, body: '' };
}
