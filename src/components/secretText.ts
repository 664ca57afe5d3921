import { shownForms } from '../plan/argument/show';
import { parseAddress } from '../plan/ip/address';
import { parseInterfaceAddress } from '../plan/ip/cidr';

/** The text with each secret replaced, in all forms in which a message may hold it. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets.flatMap(formsOf).reduce((shown, form) => shown.replaceAll(form, '[secret]'), text);
}

/** Addresses are shown in their canonical text, and so is the block that one lies in. */
function formsOf(secret: string): string[] {
  const inside = parseInterfaceAddress(secret.trim());
  const address = inside?.address ?? parseAddress(secret.trim());
  const canonical = [inside?.text, inside?.block.text, address?.text].filter((form) => form !== undefined);
  return [...shownForms(secret), ...canonical];
}
