// Resident memory of a process tree, from /proc.
import { readFileSync, writeFileSync } from 'node:fs';
import { processTree } from '../processes/process-tree.ts';

/** Of now, in bytes; and the kernel forgets the peak of before. */
export function resetPeakMemory(pid: number): number {
  return sumOf(pid, (member) => {
    writeFileSync(`/proc/${member}/clear_refs`, '5'); // proc(5): resets VmHWM to VmRSS.
    return statusKilobytes(member, 'VmRSS');
  });
}

/** The most since resetPeakMemory, in bytes. Of several processes the sum of their peaks, which need not have coincided. */
export function peakMemory(pid: number): number {
  return sumOf(pid, (member) => statusKilobytes(member, 'VmHWM'));
}

function sumOf(pid: number, kilobytesOf: (member: number) => number): number {
  return processTree(pid).reduce((sum, member) => sum + kilobytesOf(member), 0) * 1024;
}

function statusKilobytes(pid: number, field: 'VmRSS' | 'VmHWM'): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1] ?? 0);
}
