import { spawn } from 'node:child_process';

/** Runs a program to its end and gives what it printed. Rejects when it fails, is missing, or the signal aborts. */
export async function runTool(
  file: string,
  args: readonly string[],
  { signal }: { readonly signal: AbortSignal },
): Promise<{ output: string; complaints: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe'], signal });
    const output: Buffer[] = [];
    const complaints: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => complaints.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve({ output: textOf(output), complaints: textOf(complaints) });
      else reject(new Error(`${file} ended with status ${code}: ${textOf(complaints)}`));
    });
  });
}

function textOf(chunks: readonly Buffer[]): string {
  return Buffer.concat(chunks).toString().trim();
}
