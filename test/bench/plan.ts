import { checkLargeHost, costOf, type LargeHost, largeHost, least } from '../property/largeHost';

interface Figures {
  /** To check and plan all of it once, by the clock. */
  seconds: number;
  /** Of the complete process, Node.js and the code included, as in a user's program; 1 MB is 2^20 bytes. */
  peakMb: number;
  /** Processor time at this size over that at half of it. */
  growth: number;
}

const [vlans, containers] = [4094, 10_000];

/**
 * `npm run bench:plan`: what it costs to check and plan one host with all 4,094 VLANs, a network on each and 10,000 containers, and
 * what twice the size costs. Each check and plan counts once; Pulumi's own part of a preview is not in it.
 */
function benchPlan(): Figures {
  const [half, full] = [largeHost(vlans / 2, containers / 2), largeHost(vlans, containers)];
  for (const host of [half, full]) refuseProblems(host);
  // Turn by turn, so that a busy moment of the machine meets both; the first turn is for the compiler.
  const turns = Array.from({ length: 7 }, () => ({ half: costOf(half, 1), full: costOf(full, 1) })).slice(1);
  const [ofHalf, ofFull] = [least(turns.map((turn) => turn.half)), least(turns.map((turn) => turn.full))];
  const peakMb = process.resourceUsage().maxRSS / 1024;
  return { seconds: ofFull.clock, peakMb, growth: ofFull.processor / ofHalf.processor };
}

/** A check that stops at a first problem would be quick for the wrong reason. */
function refuseProblems(host: LargeHost): void {
  const [first] = checkLargeHost(host);
  if (first !== undefined) throw new Error(`the bench's own host is refused: ${first.path}: ${first.message}`);
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}

const { seconds, peakMb, growth } = benchPlan();
const figures: Figures = { seconds: rounded(seconds, 3), peakMb: rounded(peakMb, 1), growth: rounded(growth, 2) };
if (process.argv.includes('--json')) {
  console.log(JSON.stringify(figures));
} else {
  console.log(`${vlans} VLANs, ${vlans} networks, ${containers} containers, checked and planned once:`);
  console.log(`  ${figures.seconds} s`);
  console.log(`  ${figures.peakMb} MB at the peak, of the complete process`);
  console.log(`  ${figures.growth} times the time of half the size`);
}
