// Every check that needs no running server, side by side: `npm run check`. The output of each comes in one piece.
import { spawn } from 'node:child_process';

const checks = ['format:check', 'lint', 'boundaries', 'dead-code'];

const results = await Promise.all(checks.map(run));
process.exitCode = results.every((code) => code === 0) ? 0 : 1;

function run(name) {
  return new Promise((resolve) => {
    const child = spawn('npm', ['run', '--silent', name], { stdio: ['ignore', 'pipe', 'pipe'] });
    const output = [];
    child.stdout.on('data', (piece) => output.push(piece));
    child.stderr.on('data', (piece) => output.push(piece));
    child.on('error', (err) => output.push(Buffer.from(`${err.message}\n`)));
    child.on('close', (code) => {
      process.stdout.write(
        `\n${name}: ${code === 0 ? 'good' : 'not good'}\n${Buffer.concat(output).toString()}`,
      );
      resolve(code ?? 1);
    });
  });
}
