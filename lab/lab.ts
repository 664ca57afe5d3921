/** The lab's own surface: what the demo, the tests and the command line use of it. */
export { capture, watch, type Capture } from './capture';
export { labDown } from './down';
export { arrivals, type Arrival } from './hostCapture';
export { currentLab, insideLab, isUp, labIsUp, runInside } from './namespace';
export { cutPower, powerOn, rebootHost, reinstallHost } from './power';
export type { LabOptions } from './plan';
export { onHost, quote, sshCommand, type OnHostOptions } from './ssh';
export type { LabHost, LabState } from './state';
export { labUp } from './up';
export { untilInShell, waitUntil } from './wait';
export { plug, setHairpin, setMtuTo, setPathMtu, setPortIsolation, setPortSecurity, unplug } from './wire';
