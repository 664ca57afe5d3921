/** What the tests of rules need of Debian, on this machine. */
export const nftablesPackages = ['iptables', 'iputils-ping', 'nftables'];
