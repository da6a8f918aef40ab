// CPU time as the kernel counts it, in microseconds: of a process tree, of this process with what it has run, of the
// whole machine. Its grain is a clock tick of 10 ms, so a slice should take seconds.
import { readFileSync } from 'node:fs';
import { childrenOf } from './process-tree.ts';

/** User and system time of a process and of its living descendants. */
export function cpuMicrosOfTree(pid: number): number {
  const { userTicks, systemTicks } = parseProcessStat(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  const children = childrenOf(pid).map(cpuMicrosOfTree);
  return children.reduce((sum, micros) => sum + micros, (userTicks + systemTicks) * microsPerTick);
}

/** Of this process and of every child that has ended: the load generators. */
export function cpuMicrosOfSelf(): number {
  const { userTicks, systemTicks, endedChildrenTicks } = parseProcessStat(
    readFileSync('/proc/self/stat', 'utf8'),
  );
  return (userTicks + systemTicks + endedChildrenTicks) * microsPerTick;
}

/** Of every child of this process that has ended. */
export function cpuMicrosOfEndedChildren(): number {
  return parseProcessStat(readFileSync('/proc/self/stat', 'utf8')).endedChildrenTicks * microsPerTick;
}

/** Of everything that ran on this machine; also what its host took away from it. */
export function cpuMicrosOfMachine(): number {
  return parseMachineStat(readFileSync('/proc/stat', 'utf8')) * microsPerTick;
}

/** proc(5): the name in parentheses may hold anything, so fields are counted from its end. */
export function parseProcessStat(text: string): {
  userTicks: number;
  systemTicks: number;
  endedChildrenTicks: number;
} {
  const fields = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  // Field 3 (state) is index 0: utime is field 14, stime 15, cutime 16, cstime 17.
  const [userTicks = 0, systemTicks = 0, childUserTicks = 0, childSystemTicks = 0] = fields.slice(11, 15);
  return { userTicks, systemTicks, endedChildrenTicks: childUserTicks + childSystemTicks };
}

/** Busy ticks of all cores: user, nice, system, irq, softirq and steal; not idle and iowait. */
export function parseMachineStat(text: string): number {
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, steal = 0] = text
    .slice(0, text.indexOf('\n'))
    .split(/\s+/)
    .slice(1)
    .map(Number);
  return user + nice + system + irq + softirq + steal;
}

const microsPerTick = 10_000; // USER_HZ is 100 on every Linux.
