import type { ParentReport } from '../src/plan/link/parentReport';

/** A host of whose interfaces nothing was found out. */
export const nothingFound: ParentReport = {
  vlans: new Map(),
  masters: new Map(),
  wireless: new Set(),
  bonds: new Map(),
  filters: new Map(),
  bridgeVlans: undefined,
  missingModules: new Set(),
  kernel: undefined,
  machine: { vendor: '', product: '', assetTag: '', biosVersion: '' },
};
