/** A DNS name: labels of letters, digits and '-' (RFC 1123), and '_', which container and host names also use. */
export const dnsName = /^(?=.{1,253}$)[A-Za-z0-9_][A-Za-z0-9_-]{0,62}(\.[A-Za-z0-9_][A-Za-z0-9_-]{0,62})*$/;
