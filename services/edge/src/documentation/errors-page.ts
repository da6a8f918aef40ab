import { errorCodes } from '@cloud-gateway/contracts';

/** The page that a problem's `type` points to: one row a code, with its remedy. */
export function errorsPage(): string {
  const rows = Object.entries(errorCodes).map(
    ([code, { status, title, retryable, remedy }]) =>
      `<tr id="${code}"><td><a href="#${code}"><code>${code}</code></a></td><td>${status}</td><td>${escapeHtml(title)}</td><td>${retryable ? 'yes' : 'no'}</td><td>${escapeHtml(remedy)}</td></tr>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Cloud Gateway errors</title>
  <link rel="icon" href="data:,">
  <style>
    body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem; color: #1b1f24; }
    table { border-collapse: collapse; width: 100%; }
    th, td { text-align: left; vertical-align: top; padding: .5rem .75rem; border-bottom: 1px solid #d8dee4; }
    th { border-bottom-width: 2px; }
    tr:target { background: #fff8c5; }
    code { font-family: ui-monospace, monospace; white-space: nowrap; }
    a { color: #1f5fbf; text-decoration: none; }
  </style>
</head>
<body>
  <h1>Errors</h1>
  <p>Every error answer is a problem document (RFC 9457) with one of these codes. <a href="/docs">Back to the API</a></p>
  <table>
    <thead><tr><th>Code</th><th>Status</th><th>What it means</th><th>Worth repeating</th><th>What to do</th></tr></thead>
    <tbody>
${rows.join('\n')}
    </tbody>
  </table>
</body>
</html>
`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
